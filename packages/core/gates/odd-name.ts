import { quotable } from '../quote.ts';
import { quotedText } from './metric-text.ts';

/** What may stand in the name of a metric that is no word. */
const NAME = /[^\s()[\]<>=!,"'+*]+/gu;
const LONGEST_SHOWN = 200;

/** A piece of a gate as a message shows it, long enough to be copied. */
export const shown = (text: string): string => `\`${quotable(text, LONGEST_SHOWN)}\``;

/** How a gate names a metric that is called so. */
export const inBrackets = (name: string, word = 'metrics'): string =>
  shown(`${word}[${quotedText(name)}]`);

/** The name that somebody may have meant at a place, as a gate has it. */
export function nameAround(whole: string, at: number): string | undefined {
  for (const { 0: name, index } of whole.matchAll(NAME)) {
    const isThere = index <= at && at < index + name.length;
    if (isThere && /\p{L}/u.test(name)) return inBrackets(name);
  }
  return undefined;
}
