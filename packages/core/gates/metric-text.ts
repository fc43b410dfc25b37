import type { MetricName } from './gate.ts';

/** Words of CEL, and ours. */
const KEPT = new Set(
  (
    'as break const continue else for function if import in let loop namespace package prototype ' +
    'return var void while __proto__ metrics slice'
  ).split(' '),
);
/** These nobody means as a metric, however they are written. */
const VALUES = new Set(['champion', 'true', 'false', 'null', 'none', 'nan', 'inf', 'infinity']);
/** Operators and values even after a point. */
const NEVER = new Set(['true', 'false', 'null', 'in']);

/** Whether a word means something else than a metric; a metric that is called so stands in brackets. */
export const isKept = (word: string): boolean => KEPT.has(word) || VALUES.has(word.toLowerCase());

const WORD = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** What nobody would see, or a policy file does not take. */
const UNSEEN = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}

/** A text in quotes, as the gate language reads it back. */
export const quotedText = (text: string): string =>
  `"${text.replace(/["\\]/g, '\\$&').replace(UNSEEN, escaped)}"`;

/** The parser counts each point as a level of nesting. */
const MOST_POINTS = 20;

function isPlain(metric: string): boolean {
  const [first = '', ...rest] = metric.split('.');
  if (rest.length > MOST_POINTS) return false;
  const words = [first, ...rest].every((word) => WORD.test(word));
  return words && !isKept(first) && !rest.some((word) => NEVER.has(word));
}

/** A metric as a gate names it: `mmlu.acc`, `metrics["a/b"]`, `slice["region=eu"].acc`. */
export function metricText({ metric, slice }: MetricName): string {
  const plain = isPlain(metric);
  if (slice !== undefined) {
    const rest = plain ? `.${metric}` : `[${quotedText(metric)}]`;
    return `slice[${quotedText(slice)}]${rest}`;
  }
  return plain ? metric : `metrics[${quotedText(metric)}]`;
}
