import type { JsonSchema, Shape } from './shape.ts';

export interface Optional<T> {
  readonly presence: 'optional';
  readonly shape: Shape<T>;
}

export interface Defaulted<T> {
  readonly presence: 'defaulted';
  readonly shape: Shape<T>;
  readonly fallback: T;
}

/** A key that may be left out. */
export const optional = <T>(shape: Shape<T>): Optional<T> => ({ presence: 'optional', shape });

/** A key that may be left out and then has this value. */
export const defaulted = <T>(shape: Shape<T>, fallback: T): Defaulted<T> => ({
  presence: 'defaulted',
  shape,
  fallback,
});

/** A key of a record; a shape alone is one that must be there. */
export type Key = Shape<unknown> | Optional<unknown> | Defaulted<unknown>;
export type Keys = Readonly<Record<string, Key>>;

type ValueOf<K> =
  K extends Optional<infer T>
    ? T
    : K extends Defaulted<infer T>
      ? T
      : K extends Shape<infer T>
        ? T
        : never;
type Whole<K> = {
  readonly [P in keyof K as K[P] extends Optional<unknown> ? never : P]: ValueOf<K[P]>;
};
type Partly<K> = {
  readonly [P in keyof K as K[P] extends Optional<unknown> ? P : never]?: ValueOf<K[P]>;
};
export type RecordOf<K extends Keys> = Whole<K> & Partly<K>;

export const isRequired = (key: Key): boolean => !('presence' in key);

export const shapeOf = (key: Key): Shape<unknown> => ('presence' in key ? key.shape : key);

/** What the key stands for where it is left out. */
export const fallbackOf = (key: Key): unknown =>
  'presence' in key && key.presence === 'defaulted' ? key.fallback : undefined;

export function keySchema(key: Key): JsonSchema {
  const fallback = fallbackOf(key);
  const schema = shapeOf(key).schema();
  return fallback === undefined ? schema : { ...schema, default: fallback };
}
