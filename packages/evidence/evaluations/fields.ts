import { isMap } from '@passmuster/core/shape/map.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What the document itself holds there; never what JavaScript gives every object. */
export function own(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (!isMap(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

const NOTHING: Fields = {};

export function mapIn(value: unknown, ...path: readonly string[]): Fields {
  const at = own(value, ...path);
  return isMap(at) ? at : NOTHING;
}

export function listIn(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const at = own(value, ...path);
  return Array.isArray(at) ? at : [];
}

/** A text that says something. */
export function textIn(value: unknown, ...path: readonly string[]): string | undefined {
  const at = own(value, ...path);
  return typeof at === 'string' && at !== '' ? at : undefined;
}

export function numberIn(value: unknown, ...path: readonly string[]): number | undefined {
  const at = own(value, ...path);
  return typeof at === 'number' ? at : undefined;
}

/** Whether it is a map that has members, all of which are so; stops at the first that is not. */
export function allMembers(value: unknown, isSo: (member: unknown) => boolean): value is Fields {
  if (!isMap(value)) return false;
  let some = false;
  for (const key in value) {
    if (!isSo(value[key])) return false;
    some = true;
  }
  return some;
}
