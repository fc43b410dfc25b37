import type { Kind, Notes, Shape, Shaped, Trail } from './shape.ts';

function kindOf(value: unknown): Kind {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' && value !== null ? 'map' : 'nothing';
}

/** Shapes that the kind of the value tells apart, such as a text and a map. */
export function either<const S extends readonly Shape<unknown>[]>(
  shapes: S,
  { description, examples }: Notes,
): Shape<Shaped<S[number]>> {
  const expected = shapes.map((shape) => shape.expected).join(', or ');
  const kinds = shapes.flatMap((shape) => shape.kinds);
  if (new Set(kinds).size < kinds.length) throw new TypeError(`${expected}: one kind, two shapes`);

  function read(value: unknown, trail: Trail): Shaped<S[number]> | undefined {
    const shape = shapes.find((one) => one.kinds.includes(kindOf(value)));
    if (shape === undefined) return trail.unlike(value, expected);
    return shape.read(value, trail) as Shaped<S[number]> | undefined;
  }

  const schema = () => ({
    description,
    anyOf: shapes.map((shape) => shape.schema()),
    ...(examples && { examples }),
  });

  return { kinds, expected, read, schema };
}
