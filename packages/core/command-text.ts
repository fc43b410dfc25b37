import { quotable } from './quote.ts';

const PLAIN = /^[\w@%+:,./-]+$/;

/** A word as a shell takes it; a name from outside does nothing there. */
const word = (text: string): string =>
  PLAIN.test(text) ? text : `'${quotable(text, 256).replaceAll("'", "'\\''")}'`;

/** A command for the terminal, to be copied. What is still to be said stands as `…`. */
export function commandText(verb: string, flags: Readonly<Record<string, string>>): string {
  const words = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, word(value)]);
  return ['passmuster', verb, ...words].join(' ');
}
