import { checkKey, tooLong } from '../checks/names.ts';

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** Of models and their versions. */
const LONGEST_VALUE = 100_000;

export function checkTag({ key, value }: Tag): void {
  checkKey(key);
  if (value.length > LONGEST_VALUE) throw tooLong('value', LONGEST_VALUE);
}

/** Each key once; the last value counts. */
export function distinct(tags: readonly Tag[]): Tag[] {
  const values = new Map(tags.map(({ key, value }) => [key, value]));
  return [...values].map(([key, value]) => ({ key, value }));
}
