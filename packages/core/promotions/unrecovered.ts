import { PassmusterError } from '../errors.ts';

/** A move that was put back without everything becoming again what it was: first why it went back. */
export class Unrecovered extends PassmusterError {
  constructor(cause: PassmusterError, left: PassmusterError) {
    super('upstream', [...cause.problems, ...left.problems], { cause });
    this.name = 'Unrecovered';
  }
}
