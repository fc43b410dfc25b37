import type { Notes, Shape, Trail } from './shape.ts';

/** Names that reach into JavaScript's own objects when somebody copies carelessly. */
const RESERVED = ['__proto__', 'constructor', 'prototype'];

export const isReserved = (name: string): boolean => RESERVED.includes(name);

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Free names, each with a value of one shape. What is read has no prototype. */
export function map<T>(
  keys: Shape<string>,
  values: Shape<T>,
  { description, examples }: Notes,
): Shape<Readonly<Record<string, T>>> {
  const expected = 'a map';

  function readKey(name: string, trail: Trail): string | undefined {
    if (!isReserved(name)) return keys.read(name, trail);
    return trail.refuse(() => ({
      message: `${trail.subject} is a name that JavaScript keeps for itself; expected another.`,
    }));
  }

  function read(value: unknown, trail: Trail): Readonly<Record<string, T>> | undefined {
    if (!isMap(value)) return trail.unlike(value, expected);
    const result: Record<string, T> = Object.create(null);
    let whole = true;
    for (const [name, member] of Object.entries(value)) {
      const key = readKey(name, trail.at(name, 'key'));
      const item = values.read(member, trail.at(name));
      if (key === undefined || item === undefined) whole = false;
      else result[key] = item;
    }
    return whole ? result : undefined;
  }

  const { description: _, ...propertyNames } = keys.schema();
  const schema = () => ({
    type: 'object',
    description,
    propertyNames: { ...propertyNames, not: { enum: RESERVED } },
    additionalProperties: values.schema(),
    ...(examples && { examples }),
  });

  return { kinds: ['map'], expected, read, schema };
}
