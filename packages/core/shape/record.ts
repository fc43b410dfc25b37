import { quotable } from '../quote.ts';
import { nearest } from '../suggest.ts';
import { fallbackOf, isRequired, type Keys, keySchema, type RecordOf, shapeOf } from './keys.ts';
import { isMap } from './map.ts';
import type { Notes, Shape, Trail } from './shape.ts';

const quoted = (name: string) => `\`${quotable(name)}\``;

/** `freeze-until` is written by who means `freeze` and what belongs under it. */
const beginning = (name: string, known: readonly string[]): string | undefined =>
  known.find((one) => /^[-_]/.test(name.slice(one.length)) && name.startsWith(one));

function refuseStray(name: string, known: readonly string[], trail: Trail): undefined {
  return trail.at(name, 'key').refuse(() => {
    const meant = nearest(name, known) ?? beginning(name, known);
    const where = trail.path.length === 0 ? 'at the top of the document' : `in ${trail.subject}`;
    return {
      message: `${quoted(name)} is not a key that is known ${where}.`,
      hint: meant
        ? `Did you mean ${quoted(meant)}?`
        : `Known here: ${known.map(quoted).join(', ')}.`,
    };
  });
}

const refuseMissing = (name: string, trail: Trail): undefined =>
  trail.refuse(() => ({ message: `${trail.subject} has no ${quoted(name)}, which it must have.` }));

/** Known keys, each with a shape of its own. What is read has no prototype, and the defaults. */
export function record<const K extends Keys>(
  keys: K,
  { description, examples }: Notes,
): Shape<RecordOf<K>> {
  const known = new Map(Object.entries(keys));
  const names = [...known.keys()];
  const required = [...known].flatMap(([name, key]) => (isRequired(key) ? [name] : []));
  const expected = required.length > 0 ? `a map with ${required.map(quoted).join(', ')}` : 'a map';

  function refuse(value: unknown, trail: Trail): undefined {
    const takesNothing = value === null && required.length === 0;
    const hint = takesNothing ? 'Write `{}` to take every default.' : undefined;
    return trail.unlike(value, expected, () => hint);
  }

  function read(value: unknown, trail: Trail): RecordOf<K> | undefined {
    if (!isMap(value)) return refuse(value, trail);
    const result: Record<string, unknown> = Object.create(null);
    const missing = required.filter((name) => !Object.hasOwn(value, name));
    for (const name of missing) refuseMissing(name, trail);
    let whole = missing.length === 0;
    for (const [name, member] of Object.entries(value)) {
      const key = known.get(name);
      const item = key
        ? shapeOf(key).read(member, trail.at(name))
        : refuseStray(name, names, trail);
      if (item === undefined) whole = false;
      else result[name] = item;
    }
    if (!whole) return undefined;
    for (const [name, key] of known) {
      const fallback = fallbackOf(key);
      if (!(name in result) && fallback !== undefined) result[name] = fallback;
    }
    return result as RecordOf<K>;
  }

  const schema = () => ({
    type: 'object',
    description,
    properties: Object.fromEntries([...known].map(([name, key]) => [name, keySchema(key)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
    ...(examples && { examples }),
  });

  return { kinds: ['map'], expected, read, schema };
}
