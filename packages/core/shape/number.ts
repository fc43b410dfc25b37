import type { Notes, Shape, Trail } from './shape.ts';

export interface NumberNotes extends Notes {
  readonly minimum?: number;
  readonly maximum?: number;
}

function bounds({ minimum, maximum }: NumberNotes): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? '' : ` of at most ${maximum}`;
}

function numeric(
  type: 'integer' | 'number',
  expected: string,
  isOne: (value: number) => boolean,
  notes: NumberNotes,
): Shape<number> {
  const { minimum, maximum, description, examples } = notes;
  const least = minimum ?? Number.NEGATIVE_INFINITY;
  const most = maximum ?? Number.POSITIVE_INFINITY;

  function read(value: unknown, trail: Trail): number | undefined {
    const fits = typeof value === 'number' && isOne(value) && value >= least && value <= most;
    return fits ? value : trail.unlike(value, expected);
  }

  const schema = () => ({
    type,
    description,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(examples && { examples }),
  });

  return { kinds: ['number'], expected, read, schema };
}

/** A whole number that a double holds exactly. */
export const integer = (notes: NumberNotes): Shape<number> =>
  numeric('integer', `an integer${bounds(notes)}`, Number.isSafeInteger, notes);

/** A finite number. */
export const number = (notes: NumberNotes): Shape<number> =>
  numeric('number', `a number${bounds(notes)}`, Number.isFinite, notes);
