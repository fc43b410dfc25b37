import { type Cause, invalidValue } from '../wire/status.ts';

const LONGEST = 63;
const LONGEST_PREFIX = 253;
const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const LETTERS =
  "consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const NAME_RULE = `must ${LETTERS} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`;
const VALUE_RULE = `a valid label must be an empty string or ${LETTERS} (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`;

export const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

export const isSubdomain = (text: string): boolean =>
  text.length <= LONGEST_PREFIX && SUBDOMAIN.test(text);

function problems(key: string): string[] {
  const [first = '', second, more] = key.split('/');
  if (more !== undefined) {
    return [
      `a valid label key ${NAME_RULE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = second ?? first;
  const found: string[] = [];
  if (second !== undefined && first === '') found.push('prefix part must be non-empty');
  else if (second !== undefined && !isSubdomain(first)) found.push(`prefix part ${SUBDOMAIN_RULE}`);
  if (name === '') found.push('name part must be non-empty');
  else if (name.length > LONGEST) found.push(`name part must be no more than ${LONGEST} bytes`);
  if (!NAME.test(name)) found.push(`name part ${NAME_RULE}`);
  return found;
}

const keyCauses = (map: Readonly<Record<string, unknown>>, field: string): Cause[] =>
  Object.keys(map).flatMap((key) => problems(key).map((why) => invalidValue(field, key, why)));

export function labelCauses(map: Readonly<Record<string, unknown>>, field: string): Cause[] {
  const values = Object.values(map).flatMap((value) => {
    const text = String(value);
    const causes: Cause[] = [];
    const tooLong = `must be no more than ${LONGEST} bytes`;
    if (text.length > LONGEST) causes.push(invalidValue(field, text, tooLong));
    if (text !== '' && !NAME.test(text)) causes.push(invalidValue(field, text, VALUE_RULE));
    return causes;
  });
  return [...keyCauses(map, field), ...values];
}

/** Upper case does no harm in the key of an annotation. */
export const annotationCauses = (map: Readonly<Record<string, unknown>>, field: string): Cause[] =>
  Object.keys(map).flatMap((key) =>
    problems(key.toLowerCase()).map((why) => invalidValue(field, key, why)),
  );
