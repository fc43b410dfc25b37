import type { Mistake } from './mistake.ts';
import { numberText } from './number-text.ts';
import { nameAround, shown } from './odd-name.ts';
import { type Spot, spotsOf, type Token } from './tokens.ts';

export type Said = Omit<Mistake, 'at'> | undefined;

const DECIMAL = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Whether nothing stands between two tokens. */
export const touch = (one: Token, other: Token | undefined): boolean =>
  one.at + one.text.length === other?.at;

/** `85%`, where no value follows: that would be a remainder. */
export function percent({ kind, text, after, next }: Spot): Said {
  if (kind !== 'number' || after?.text !== '%' || !DECIMAL.test(text)) return undefined;
  if (next !== undefined && (next.kind !== 'sign' || next.text === '(')) return undefined;
  // Not a division: 0.07 is wanted for 7, not 0.07000000000000001.
  const fraction = numberText(Number(`${Number(text)}e-2`), 15);
  return {
    message: `Found ${shown(`${text}%`)}; a gate has no percent.`,
    hint: `Write \`${fraction}\`, or ${shown(text)} where the metric itself counts in percent.`,
  };
}

/** `0,85`, also among the values of a function: `max(0,85, champion)` would be 85. */
export function decimalComma(spot: Spot): Said {
  const { kind, text, after, next } = spot;
  if (kind !== 'number' || after?.text !== ',' || next?.kind !== 'number') return undefined;
  if (!touch(spot, after) || !touch(after, next)) return undefined;
  const fraction = shown(`${text}.${next.text}`);
  const thousands = /^[1-9]\d{0,2}$/.test(text) && /^\d{3}$/.test(next.text);
  return {
    message: `Found ${shown(`${text},${next.text}`)}; the decimal sign is a point.`,
    hint: thousands
      ? `Write ${shown(text + next.text)}, or ${fraction} if that is meant.`
      : `Write ${fraction}; between two values put a space after the comma.`,
  };
}

/** `.5`, `1_000`, `85ms`, `5shot_accuracy` */
export function oddNumber({ kind, text, at, whole, before }: Spot): Said {
  if (kind !== 'number') return undefined;
  if (/^(?:\.\d+|\d+\.)$/.test(text)) {
    return {
      message: `Found ${shown(text)}; a point stands between digits.`,
      hint: `Write ${shown(text.startsWith('.') ? `0${text}` : `${text}0`)}.`,
    };
  }
  if (DECIMAL.test(text)) return undefined;
  if (/^\d[\d_]*\d$/.test(text)) {
    const hint = `Write ${shown(text.replaceAll('_', ''))}.`;
    return { message: `Found ${shown(text)}; nothing groups digits.`, hint };
  }
  const name = before === undefined ? nameAround(whole, at) : undefined;
  return {
    message: `Found ${shown(text)}, which is no number.`,
    hint:
      name === undefined
        ? 'Write it without a unit, as `0.85` or `1.5e-3`; the metric says what it counts in.'
        : `If it is the name of a metric, write ${name}.`,
  };
}

function comment({ text }: Spot): Said {
  if (text !== '//') return undefined;
  return { message: 'Found `//`; division is one `/`.', hint: 'Write `/`, or `#` for a comment.' };
}

const SUSPECT = /\/\/|\d,\.?\d/;

/** What CEL takes, but as something else than whoever wrote it: a list of values, a comment. */
export function misleading(text: string): Mistake[] {
  if (!SUSPECT.test(text)) return [];
  return spotsOf(text).flatMap((spot) => {
    const said = comment(spot) ?? decimalComma(spot);
    return said === undefined ? [] : [{ at: spot.at, ...said }];
  });
}
