import { found, pathText } from '@passmuster/core/quote.ts';
import type { More } from '@passmuster/core/registry/entities.ts';
import { isMap } from '@passmuster/core/shape/map.ts';

/** An object of an answer, which knows where it stands in it. */
export interface Fields {
  readonly value: Readonly<Record<string, unknown>>;
  readonly key: string | number;
  readonly parent?: Fields;
}

/** A field that is used has another type than MLflow gives it. */
export class Mismatch extends Error {
  constructor(at: Fields, key: string | number, value: unknown, expected: string) {
    super(`\`${pathText([...pathOf(at), key])}\` is ${shown(value)}, expected ${expected}`);
    this.name = 'Mismatch';
  }
}

function pathOf(at: Fields): (string | number)[] {
  return at.parent ? [...pathOf(at.parent), at.key] : [];
}

const shown = (value: unknown): string => (value === undefined ? 'missing' : found(value));

/** Proto's JSON leaves out what is not set, and null is the same. */
const given = (at: Fields, key: string): unknown => at.value[key] ?? undefined;

/** Empty when it is absent. */
export function text(at: Fields, key: string): string {
  const value = given(at, key) ?? '';
  if (typeof value !== 'string') throw new Mismatch(at, key, value, 'a text');
  return value;
}

export function requiredText(at: Fields, key: string): string {
  const value = text(at, key);
  if (value === '') throw new Mismatch(at, key, at.value[key], 'a text');
  return value;
}

/** An id that MLflow sends as text, and other servers also as a number. */
export function requiredId(at: Fields, key: string): string {
  const value = given(at, key);
  return Number.isSafeInteger(value) ? String(value) : requiredText(at, key);
}

const INTEGER = /^-?\d{1,19}$/;

/** A number, or a text as plain proto JSON writes 64 bits. */
export function maybeInteger(at: Fields, key: string): number | undefined {
  const value = given(at, key);
  if (value === undefined) return undefined;
  if (typeof value === 'string' && INTEGER.test(value)) return Number(value);
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw new Mismatch(at, key, value, 'a whole number');
}

/** 0 when it is absent. */
export const integer = (at: Fields, key: string): number => maybeInteger(at, key) ?? 0;

const NOT_FINITE = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** Never made out of another text, nor of nothing: gates judge by it. */
export function double(at: Fields, key: string): number {
  const value = given(at, key);
  const number = typeof value === 'string' ? NOT_FINITE.get(value) : value;
  if (typeof number !== 'number') throw new Mismatch(at, key, value, 'a number');
  return number;
}

export function fields(at: Fields, key: string): Fields | undefined {
  const value = given(at, key);
  if (value === undefined) return undefined;
  if (!isMap(value)) throw new Mismatch(at, key, value, 'a map');
  return { value, key, parent: at };
}

export function requiredFields(at: Fields, key: string): Fields {
  const inner = fields(at, key);
  if (!inner) throw new Mismatch(at, key, undefined, 'a map');
  return inner;
}

/** Empty when it is absent. */
export function list(at: Fields, key: string): Fields[] {
  const value = given(at, key) ?? [];
  if (!Array.isArray(value)) throw new Mismatch(at, key, value, 'a list');
  const whole: Fields = { value: {}, key, parent: at };
  return value.map((item: unknown, index) => {
    if (!isMap(item)) throw new Mismatch(whole, index, item, 'a map');
    return { value: item, key: index, parent: whole };
  });
}

/** Lists of key and value, as MLflow sends tags and params. */
export function pairs(at: Fields, key: string, names = { key: 'key', value: 'value' }) {
  const map = new Map<string, string>();
  for (const item of list(at, key)) map.set(requiredText(item, names.key), text(item, names.value));
  return map;
}

/** All but the known ones, safe to be copied: without prototypes, nor anything that sets one. */
export function more(at: Fields, known: ReadonlySet<string>): More {
  const rest: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(at.value)) {
    if (!known.has(key) && key !== '__proto__') rest[key] = harmless(value);
  }
  return rest;
}

function harmless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(harmless);
  return isMap(value) ? more({ value, key: '' }, NOTHING) : value;
}

const NOTHING: ReadonlySet<string> = new Set();
