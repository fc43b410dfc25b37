import { createHash } from 'node:crypto';
import type { Wanted } from './wanted.ts';

/** No ConfigMap has a colon in its name, so that no two of these are the same. */
export const roleName = ({ configmap: { name }, isReadOnly }: Wanted): string =>
  isReadOnly ? `passmuster:status:${name}` : `passmuster:${name}`;

const LONGEST = 253;

/** What belongs to no namespace is told apart by its name; that of a namespace has no dot. */
export function admissionName({ configmap: { namespace, name } }: Wanted): string {
  const whole = `passmuster.${namespace}.${name}`;
  if (whole.length <= LONGEST) return whole;
  const mark = createHash('sha256').update(whole).digest('hex').slice(0, 16);
  return `${whole.slice(0, LONGEST - mark.length - 2)}0-${mark}`;
}
