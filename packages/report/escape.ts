import { visible } from '@passmuster/core/visible.ts';

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/**
 * A code span that holds exactly this text, also inside a table cell. A pipe ends a cell even in code
 * unless a backslash stands before it, and a backslash of the text's own would then count for it.
 */
export function codeSpan(text: string): string {
  // Two backticks with nothing between them would begin a span that ends at the next two.
  if (text === '') return '';
  const seen = visible(text).replace(/(\\?)\|/g, (_, backslash) =>
    backslash ? '\\u{5c}\\|' : '\\|',
  );
  const fence = '`'.repeat(longestRun(seen) + 1);
  const pad = /^[` ]|[` ]$/.test(seen) ? ' ' : '';
  return `${fence}${pad}${seen}${pad}${fence}`;
}

/** A fence that nothing in the text can close. */
export const fenceFor = (text: string): string => '`'.repeat(Math.max(3, longestRun(text) + 1));

/** What GitHub turns into a link, a mention, a reference or a picture, wherever it stands in prose. */
const LIVE =
  /@|#\d|\bGH-\d|:\/\/|\bwww\.|mailto:|xmpp:|:[\w+-]+:|^\W*(?=[a-z]*\d)[0-9a-f]{7,64}\W*$/i;

const PUNCTUATION = /[!"#$%'()*+,\-./:;=?@[\\\]^_`{|}~]/g;

const escapeWord = (word: string): string =>
  word
    .replace(PUNCTUATION, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** Prose that stays prose: one line, no markup, nothing that GitHub would make live. */
export const prose = (text: string): string =>
  text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => (LIVE.test(word) ? codeSpan(word) : escapeWord(visible(word))))
    .join(' ');

/** Text between HTML tags. */
export const html = (text: string): string =>
  visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
