import type { Problem } from '@passmuster/core/errors.ts';

/** That nothing is moved, and why. */
export interface Refusal {
  readonly do: 'refuse';
  /** Finishes "… is not rolled back: ". */
  readonly says: string;
  readonly hint: string;
  /** What would do it in its place. */
  readonly command?: string;
}

export const refuse = (says: string, hint: string): Refusal => ({ do: 'refuse', says, hint });

/** A problem as the reason. It may begin with a name, of which no letter is changed. */
export const refuseFor = ({ message, hint = '' }: Problem): Refusal =>
  refuse(message.replace(/\.$/, ''), hint);
