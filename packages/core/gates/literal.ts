import { found } from '../quote.ts';
import type { Tree } from './cel.ts';
import type { Mistake } from './mistake.ts';
import { inBrackets, shown } from './odd-name.ts';
import { isUsable } from './usable.ts';

type Literal = Extract<Tree, { op: 'value' }>;

const DECIMAL = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The number that is written, or why it is none. */
export function numberOf({ args, start, end }: Literal, text: string): number | Mistake {
  const written = text.slice(start, end);
  if (typeof args === 'string') {
    return {
      at: start,
      message: `Found the text ${found(args)}, expected a number.`,
      hint: DECIMAL.test(args.trim())
        ? `Write ${shown(args.trim())} without quotes.`
        : `If it is the name of a metric, write ${inBrackets(args)}.`,
    };
  }
  if (!DECIMAL.test(written)) {
    return {
      at: start,
      message: `Found ${shown(written)}, expected a number.`,
      hint: 'Write numbers in decimal, as `0.85`, `12` or `1.5e-3`.',
    };
  }
  const value = Number(written);
  if (isUsable(value)) return value;
  return {
    at: start,
    message: `${shown(written)} is too large for a number.`,
    hint: 'No metric reaches that far; write a smaller one.',
  };
}
