import { PassmusterError } from '../errors.ts';
import { quotable } from '../quote.ts';
import { LEFT } from './marks.ts';
import type { Next, Strange } from './next.ts';
import type { Step, Way } from './step.ts';

/** How often a step is written in one way, however often it is set back. */
const MOST_WRITES = 5;

type Writing = Extract<Next, { do: 'step' }>;

/** What a move has written, so that what is set back each time is not written for ever. */
export interface Writes {
  of(writing: Writing): number;
  /** One more that went through. */
  note(writing: Writing): void;
}

export function newWrites(): Writes {
  const counts: Readonly<Record<Way, Map<Step, number>>> = { forward: new Map(), back: new Map() };
  const of = ({ step, way }: Writing): number => counts[way].get(step) ?? 0;
  return {
    of,
    note: (writing) => void counts[writing.way].set(writing.step, of(writing) + 1),
  };
}

/** A step that was written often enough: somebody sets it back, or what we are shown is old. */
export const isEnough = (writes: Writes, writing: Writing): boolean =>
  writes.of(writing) >= MOST_WRITES;

/** Why a step is not written any more, and what had been in the way before. */
export function setBack({ step, value }: Strange, cause?: PassmusterError): PassmusterError {
  const { kind, place } = step;
  const where = kind === LEFT ? 'stage of number' : quotable(kind);
  return new PassmusterError('conflict', [
    {
      message: `The ${where} "${quotable(place, 256)}" was set back ${MOST_WRITES} times: each time that it was written, "${quotable(value, 256)}" stood there again.`,
      hint: 'Something else writes there, or the registry answers from an old copy. Find out which, then run this again.',
    },
    ...(cause?.problems ?? []),
  ]);
}
