import { visible } from './visible.ts';

const CREDENTIALS = /(?<=:\/\/)[^\s/?#]{1,512}(?=@)|[^\s"'/?#:@]{1,256}:[^\s"'/?#@]{1,256}(?=@)/g;

/** The text with `user:password` before an `@` starred out, character by character. */
export const withoutCredentials = (text: string): string =>
  text.replace(CREDENTIALS, (secret) => '*'.repeat(secret.length));

const LONGEST_READ = 1_024;
const LONGEST_SHOWN = 60;

/** Text from outside as a message may quote it: short, visible, without credentials. */
export function quotable(text: string, longest = LONGEST_SHOWN): string {
  const chars = [...withoutCredentials(text.slice(0, LONGEST_READ))];
  const cut = chars.length > longest || text.length > LONGEST_READ;
  return visible(chars.slice(0, longest).join('')) + (cut ? '…' : '');
}

/** A value from outside as a message names it. */
export function found(value: unknown): string {
  if (value === null) return 'empty (null)';
  if (value === '') return 'an empty text';
  if (typeof value === 'string') return `"${quotable(value)}"`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : String(value);
}

const PLAIN_STEP = /^[\p{L}\p{N}_-]{1,60}$/u;

function step(key: string | number, first: boolean): string {
  if (typeof key === 'number') return `[${key}]`;
  if (!PLAIN_STEP.test(key)) return `["${quotable(key)}"]`;
  return first ? key : `.${key}`;
}

/** `environments.production.gates[0]` */
export const pathText = (path: readonly (string | number)[]): string =>
  path.map((key, index) => step(key, index === 0)).join('');
