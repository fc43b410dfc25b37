import type { Failure } from './cel.ts';
import { type Mistake, ONE_COMPARISON } from './mistake.ts';
import { inBrackets, nameAround, shown } from './odd-name.ts';
import { slipsIn } from './slips.ts';
import { tokensOf } from './tokens.ts';

const PAIRS = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

/** A bracket that has no other. */
function unbalanced(text: string): Mistake | undefined {
  const open: { text: string; at: number }[] = [];
  for (const token of tokensOf(text)) {
    if (/^[([{]$/.test(token.text)) open.push(token);
    const other = PAIRS.get(token.text);
    if (other === undefined || open.pop()?.text === other) continue;
    const message = `Found \`${token.text}\` without a \`${other}\` before it.`;
    return { at: token.at, message, hint: 'Take it out, or add the other.' };
  }
  const last = open.at(-1);
  if (last === undefined) return undefined;
  const [close = ''] = [...PAIRS].find(([, one]) => one === last.text) ?? [];
  const message = `This \`${last.text}\` is never closed.`;
  return { at: last.at, message, hint: `Add the \`${close}\`.` };
}

type Said = Omit<Mistake, 'at'>;
type Say = Said | ((part: string) => Said);

const NO_END = { message: 'This text has no closing quote.', hint: 'Add the quote at its end.' };

/** By what the parser calls it. */
const SAID: ReadonlyMap<string, Say> = new Map<string, Say>([
  ['unterminated_string', NO_END],
  ['unterminated_triple_quoted_string', NO_END],
  ['newline_in_string', NO_END],
  [
    'limit_exceeded',
    {
      message: 'The gate is too deep or too long to be understood.',
      hint: 'Compute what it needs where the model is evaluated, and log that as a metric.',
    },
  ],
  [
    'reserved_identifier',
    (part) => ({
      message: `${shown(part)} is a word that the gate language keeps for itself.`,
      hint: `If it is the name of a metric, write ${inBrackets(part)}.`,
    }),
  ],
  [
    'invalid_number',
    (part) => ({
      message: `${shown(part)} is too large for a number.`,
      hint: 'No metric reaches that far; write a smaller one.',
    }),
  ],
]);

const badEscape = (part: string): Said => ({
  message: `Found ${shown(part)}, which is no escape that the gate language has.`,
  hint: 'Write `\\\\` for a backslash.',
});

/** What the parser stumbled over, where it is no slip that we know. */
function unexpected(text: string, { start, end }: Failure): Mistake {
  const token = text.slice(start, Math.max(end, start + 1)).trim();
  if (token === '') {
    const message = 'The gate ends where a metric, a number or `champion` should come.';
    return { at: start, message, hint: ONE_COMPARISON };
  }
  if (/^[<>=!]=?$/.test(token) && text.slice(0, start).trim() === '') {
    const message = 'Nothing stands before the comparison.';
    return { at: start, message, hint: `Write the metric there. ${ONE_COMPARISON}` };
  }
  if (token === '+') {
    return { at: start, message: 'Found `+` before a value.', hint: 'Write it without.' };
  }
  const [before, after] = [/[\w.]+ +$/.exec(text.slice(0, start)), /^\w[\w.]*/.exec(token)];
  if (before && after && /[a-z]/i.test(before[0]) && /[a-z]/i.test(after[0])) {
    return {
      at: start,
      message: `Found ${shown(token)}, expected an operator or the end.`,
      hint: `If it belongs to the name of a metric, write ${inBrackets(before[0] + after[0])}.`,
    };
  }
  const name = text[start - 1] === '.' ? nameAround(text, start) : undefined;
  return {
    at: start,
    message: `Found ${shown(token)}, which cannot stand here.`,
    hint: name === undefined ? ONE_COMPARISON : `If it is the name of a metric, write ${name}.`,
  };
}

function byCode(text: string, failure: Failure): Mistake {
  const { code, start: at, end } = failure;
  const part = text.slice(at, end);
  const said = /escape|surrogate/.test(code) ? badEscape : SAID.get(code);
  if (said === undefined) return unexpected(text, failure);
  return { at, ...(typeof said === 'function' ? said(part) : said) };
}

/** Why a text that the parser does not take is no gate. */
export function mistakesOf(text: string, failure: Failure): readonly Mistake[] {
  // A text without an end hides what the rest is.
  if (SAID.get(failure.code) === NO_END) return [byCode(text, failure)];
  const slips = slipsIn(text);
  if (slips.length > 0) return slips;
  return [unbalanced(text) ?? byCode(text, failure)];
}
