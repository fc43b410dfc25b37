/** A value that is not of the kind that its field takes. */
export class Mismatch extends Error {
  readonly found: unknown;

  constructor(found: unknown) {
    super('a value of the wrong kind');
    this.found = found;
  }
}

/** One field of a request: how its value is read from JSON, and from a query where it may stand there. */
export interface Field<Value> {
  readonly many: boolean;
  read(raw: unknown): Value;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** What was sent; what was not, or was null, is undefined. */
export type ValuesOf<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends Field<infer Value> ? Value | undefined : never;
};

const single = <Value>(read: (raw: unknown) => Value | undefined): Field<Value> => ({
  many: false,
  read(raw) {
    const value = read(raw);
    if (value === undefined) throw new Mismatch(raw);
    return value;
  },
});

export const text = single((raw) =>
  typeof raw === 'string' && raw.isWellFormed() ? raw : undefined,
);

/** A number or, as protocol buffers have it, its digits in a text. */
export const integer = single((raw) => {
  const value = typeof raw === 'string' && /^-?\d{1,20}$/.test(raw) ? Number(raw) : raw;
  return Number.isSafeInteger(value) ? Number(value) : undefined;
});

const DOUBLE = /^-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$|^-?Infinity$|^NaN$/i;

export const double = single((raw) => {
  if (typeof raw === 'number') return raw;
  return typeof raw === 'string' && DOUBLE.test(raw) ? Number(raw) : undefined;
});

export const flag = single((raw) => (typeof raw === 'boolean' ? raw : undefined));

/** One of several names, or its number in MLflow's protocol. */
export const choice = <const Name extends string>(numbers: Readonly<Record<Name, number>>) =>
  single((raw) =>
    (Object.keys(numbers) as Name[]).find(
      (name) => name === raw || numbers[name] === raw || String(numbers[name]) === raw,
    ),
  );

export const list = <Value>(of: Field<Value>): Field<readonly Value[]> => ({
  many: true,
  read(raw) {
    if (!Array.isArray(raw)) throw new Mismatch(raw);
    return raw.map((item) => of.read(item));
  },
});

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const message = <F extends Fields>(fields: F): Field<ValuesOf<F>> => ({
  many: false,
  read(raw) {
    if (!isObject(raw)) throw new Mismatch(raw);
    return valuesIn(raw, fields, (_name, found) => {
      throw new Mismatch(found);
    });
  },
});

const camelCased = (name: string): string =>
  name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());

/** Twice the same field, in both of its spellings. */
export class Ambiguous extends Error {
  constructor(name: string) {
    super(`Request specifies both '${name}' and '${camelCased(name)}'; provide only one of them.`);
  }
}

const own = (raw: Json, name: string): unknown =>
  Object.hasOwn(raw, name) ? (raw[name] ?? undefined) : undefined;

/** The fields that are known; others are left alone. */
export function valuesIn<F extends Fields>(
  raw: Json,
  fields: F,
  mismatched: (name: string, found: unknown) => never,
): ValuesOf<F> {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const alias = camelCased(name);
    if (alias !== name && Object.hasOwn(raw, name) && Object.hasOwn(raw, alias)) {
      throw new Ambiguous(name);
    }
    const found = own(raw, name) ?? own(raw, alias);
    try {
      if (found !== undefined) values[name] = field.read(found);
    } catch (error) {
      if (error instanceof Mismatch) mismatched(name, found);
      throw error;
    }
  }
  return values as ValuesOf<F>;
}
