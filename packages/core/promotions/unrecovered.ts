import { PassmusterError } from '../errors.ts';

/** A move that was put back without everything becoming again what it was: first why it went back. */
export class Unrecovered extends PassmusterError {
  readonly first: PassmusterError;
  readonly left: PassmusterError;

  constructor(first: PassmusterError, left: PassmusterError) {
    super('upstream', [...first.problems, ...left.problems], { cause: first });
    this.name = 'Unrecovered';
    this.first = first;
    this.left = left;
  }
}

/** What has gone wrong one after the other, the first in front. */
export const eachIn = (cause: PassmusterError | undefined): readonly PassmusterError[] => {
  if (cause === undefined) return [];
  return cause instanceof Unrecovered ? [...eachIn(cause.first), ...eachIn(cause.left)] : [cause];
};
