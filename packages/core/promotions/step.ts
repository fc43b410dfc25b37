/** One place of the world, and what a move changes there: data, so that it can stand in a record. */
export interface Step {
  /** Whose place it is: who reads it and writes to it. */
  readonly kind: string;
  readonly place: string;
  /** What stood there when it was planned, and what is to stand there; never the same. */
  readonly before: string;
  readonly after: string;
}

/** What stands at the places of steps, in their order. */
export type Values = readonly string[];

export type Way = 'forward' | 'back';

/** Where a place stands: at our before, at our after, or at somebody else's. */
export type Stand = 'before' | 'after' | 'foreign';

export function standOf({ before, after }: Step, value: string): Stand {
  if (value === after) return 'after';
  return value === before ? 'before' : 'foreign';
}

/** Where each of them stands. */
export const standsOf = (steps: readonly Step[], values: Values): Stand[] =>
  steps.map((step, at) => standOf(step, values[at] ?? ''));

const PARTS = ['kind', 'place', 'before', 'after'] as const;

/** A step as a record holds it; nothing where it is none that we would have written. */
export function stepFrom(value: unknown): Step | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const part = (name: (typeof PARTS)[number]): unknown => Object(value)[name];
  const [kind, place, before, after] = PARTS.map(part);
  const texts = [kind, place, before, after];
  if (!texts.every((text) => typeof text === 'string') || before === after) return undefined;
  return { kind, place, before, after } as Step;
}
