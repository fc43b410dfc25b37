import type { Notes, Shape, Trail } from './shape.ts';

const HINT = 'Write one item a line, each after `- `.';

/** Any number of items of one shape. */
export function list<T>(items: Shape<T>, { description, examples }: Notes): Shape<readonly T[]> {
  const expected = 'a list';

  function read(value: unknown, trail: Trail): readonly T[] | undefined {
    if (!Array.isArray(value)) return trail.unlike(value, expected, () => HINT);
    const readItems = value.map((item: unknown, index) => items.read(item, trail.at(index)));
    return readItems.every((item) => item !== undefined) ? readItems : undefined;
  }

  const schema = () => ({
    type: 'array',
    description,
    items: items.schema(),
    ...(examples && { examples }),
  });

  return { kinds: ['list'], expected, read, schema };
}
