/** What a server sent, as a map; an empty one where it is none. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const mapIn = (fields: Fields, name: string): Fields => {
  const value = fields[name];
  return isFields(value) ? value : {};
};

export const textIn = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};

/** A number that is left out is 0. */
export const numberIn = (fields: Fields, name: string): number => {
  const value = fields[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
};

export const mapsIn = (fields: Fields, name: string): readonly Fields[] => {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
};

/** Texts by name, such as labels. */
export const textsIn = (fields: Fields, name: string): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(mapIn(fields, name)).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    ),
  );

/** Milliseconds since 1970. */
export const momentIn = (fields: Fields, name: string): number | undefined => {
  const at = Date.parse(textIn(fields, name));
  return Number.isNaN(at) ? undefined : at;
};
