import { isDeepStrictEqual } from 'node:util';
import type { ConfigMap } from '../objects.ts';
import { type Cause, forbiddenValue, invalidValue, tooLong } from '../wire/status.ts';

const LARGEST = 1_048_576;
const KEY = /^[-._a-zA-Z0-9]+$/;
const KEY_RULE =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
const LONGEST_KEY = 253;

function keyCauses(key: string, field: string): Cause[] {
  const causes: Cause[] = [];
  const invalid = (why: string) => causes.push(invalidValue(`${field}[${key}]`, key, why));
  if (key.length > LONGEST_KEY) invalid(`must be no more than ${LONGEST_KEY} characters`);
  if (!KEY.test(key)) invalid(KEY_RULE);
  else if (key === '.') invalid("must not be '.'");
  else if (key === '..') invalid("must not be '..'");
  else if (key.startsWith('..')) invalid("must not start with '..'");
  return causes;
}

export function configMapCauses({ data = {}, binaryData = {} }: ConfigMap): Cause[] {
  const causes = Object.keys(data).flatMap((key) => [
    ...keyCauses(key, 'data'),
    ...(key in binaryData
      ? [invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData')]
      : []),
  ]);
  causes.push(...Object.keys(binaryData).flatMap((key) => keyCauses(key, 'binaryData')));
  const texts = Object.values(data).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const bytes = Object.values(binaryData).reduce(
    (sum, text) => sum + Buffer.from(text, 'base64').length,
    texts,
  );
  if (bytes > LARGEST) causes.push(tooLong('[]', LARGEST));
  return causes;
}

/** An immutable one stays as it is, but for its metadata. */
export function configMapChangeCauses(before: ConfigMap, after: ConfigMap): Cause[] {
  if (!before.immutable) return [];
  const locked = 'field is immutable when `immutable` is set';
  const causes: Cause[] = [];
  if (!after.immutable) causes.push(forbiddenValue('immutable', locked));
  if (!isDeepStrictEqual(before.data ?? {}, after.data ?? {})) {
    causes.push(forbiddenValue('data', locked));
  }
  if (!isDeepStrictEqual(before.binaryData ?? {}, after.binaryData ?? {})) {
    causes.push(forbiddenValue('binaryData', locked));
  }
  return causes;
}
