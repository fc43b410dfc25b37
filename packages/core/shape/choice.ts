import { nearest } from '../suggest.ts';
import type { Kind, Notes, Shape, Trail } from './shape.ts';

/** One of some constants; a single one is a constant. */
export function oneOf<const V extends string | number | boolean>(
  values: readonly [V, ...V[]],
  { description, examples }: Notes,
): Shape<V> {
  const listed = values.map((value) => `\`${value}\``);
  const expected = listed.length === 1 ? listed.join() : `one of ${listed.join(', ')}`;

  function hint(value: unknown): string | undefined {
    const meant = nearest(String(value), values.map(String));
    return meant === undefined ? undefined : `Did you mean \`${meant}\`?`;
  }

  function read(value: unknown, trail: Trail): V | undefined {
    const chosen = values.find((one) => one === value);
    return chosen ?? trail.unlike(value, expected, () => hint(value));
  }

  const schema = () => ({
    description,
    ...(values.length === 1 ? { const: values[0] } : { enum: values }),
    ...(examples && { examples }),
  });

  return { kinds: [...new Set(values.map(kind))], expected, read, schema };
}

const kind = (value: string | number | boolean): Kind =>
  typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';

/** `true` or `false`. */
export function boolean({ description, examples }: Notes): Shape<boolean> {
  const expected = '`true` or `false`';
  return {
    kinds: ['boolean'],
    expected,
    read: (value, trail) => (typeof value === 'boolean' ? value : trail.unlike(value, expected)),
    schema: () => ({ type: 'boolean', description, ...(examples && { examples }) }),
  };
}
