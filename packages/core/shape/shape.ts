import { found, pathText } from '../quote.ts';

export type Path = readonly (string | number)[];

/** One thing about a value that is not as its shape says. */
export interface Mismatch {
  readonly path: Path;
  /** Whether the key is wrong or what stands behind it. */
  readonly about: 'key' | 'value';
  readonly message: string;
  readonly hint?: string;
}

export type JsonSchema = { readonly [keyword: string]: unknown };

export interface Notes {
  /** One sentence: what an editor shows on hover. */
  readonly description: string;
  /** What an editor offers for completion. */
  readonly examples?: readonly unknown[];
}

export type Kind = 'text' | 'number' | 'boolean' | 'list' | 'map' | 'nothing';

/** One definition of a part of a document: its type, how it is checked, its JSON Schema. */
export interface Shape<T> {
  readonly kinds: readonly Kind[];
  /** "a text", "an integer from 0 to 100" */
  readonly expected: string;
  /** The value as a `T`; nothing when it is not one, after the trail was told why. */
  read(value: unknown, trail: Trail): T | undefined;
  schema(): JsonSchema;
}

export type Shaped<S> = S extends Shape<infer T> ? T : never;

/** Stands for a value whose problem was told before; shapes do not speak of it again. */
export const REFUSED: unique symbol = Symbol('refused');

interface Said {
  readonly message: string;
  readonly hint?: string | undefined;
}

/** More than anybody reads; what is above is counted only. */
export const MOST_MISMATCHES = 100;

/** Where a check stands in the document, and what it has found so far. */
export class Trail {
  readonly path: Path;
  readonly #about: 'key' | 'value';
  readonly #told: { readonly mismatches: Mismatch[]; omitted: number };

  constructor(path: Path = [], about: 'key' | 'value' = 'value', from?: Trail) {
    this.path = path;
    this.#about = about;
    this.#told = from === undefined ? { mismatches: [], omitted: 0 } : from.#told;
  }

  get mismatches(): readonly Mismatch[] {
    return this.#told.mismatches;
  }

  get omitted(): number {
    return this.#told.omitted;
  }

  /** How a sentence names what stands here. */
  get subject(): string {
    if (this.path.length === 0) return 'The document';
    return `${this.#about === 'key' ? 'The key' : ''} \`${pathText(this.path)}\``.trimStart();
  }

  at(step: string | number, about: 'key' | 'value' = 'value'): Trail {
    return new Trail([...this.path, step], about, this);
  }

  /** Takes a function, because a hostile document has more mismatches than are worth wording. */
  refuse(say: () => Said): undefined {
    if (this.#told.mismatches.length === MOST_MISMATCHES) {
      this.#told.omitted++;
      return undefined;
    }
    const { message, hint } = say();
    const told = { path: this.path, about: this.#about, message };
    this.#told.mismatches.push(hint === undefined ? told : { ...told, hint });
    return undefined;
  }

  /** The usual mismatch: what was found, what was expected. */
  unlike(value: unknown, expected: string, hint?: () => string | undefined): undefined {
    if (value === REFUSED) return undefined;
    return this.refuse(() => ({
      message: `${this.subject} is ${found(value)}; expected ${expected}.`,
      hint: hint?.(),
    }));
  }
}

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly mismatches: readonly Mismatch[]; readonly omitted: number };

/** All that is wrong with a plain value (as JSON or YAML gives it), or the value with its type. */
export function check<T>(shape: Shape<T>, value: unknown): Checked<T> {
  const trail = new Trail();
  const read = shape.read(value, trail);
  if (read !== undefined && trail.mismatches.length === 0) return { ok: true, value: read };
  return { ok: false, mismatches: trail.mismatches, omitted: trail.omitted };
}

/** A whole JSON Schema. Draft 7 is what the editors' YAML servers complete best. */
export const jsonSchema = (
  shape: Shape<unknown>,
  { id, title }: { readonly id: string; readonly title: string },
): JsonSchema => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: id,
  title,
  ...shape.schema(),
});
