import type { Notes, Shape, Trail } from './shape.ts';

const HINT = 'Write one item a line, each after `- `.';

export interface ListNotes extends Notes {
  readonly maxItems?: number;
}

/** Any number of items of one shape, unless there is a most. */
export function list<T>(items: Shape<T>, notes: ListNotes): Shape<readonly T[]> {
  const { description, examples, maxItems } = notes;
  const expected = 'a list';

  function read(value: unknown, trail: Trail): readonly T[] | undefined {
    if (!Array.isArray(value)) return trail.unlike(value, expected, () => HINT);
    if (maxItems !== undefined && value.length > maxItems) {
      const message = `${trail.subject} has ${value.length} items; expected at most ${maxItems}.`;
      return trail.refuse(() => ({ message }));
    }
    const readItems = value.map((item: unknown, index) => items.read(item, trail.at(index)));
    return readItems.every((item) => item !== undefined) ? readItems : undefined;
  }

  const schema = () => ({
    type: 'array',
    description,
    items: items.schema(),
    ...(maxItems !== undefined && { maxItems }),
    ...(examples && { examples }),
  });

  return { kinds: ['list'], expected, read, schema };
}
