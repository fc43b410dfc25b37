import type { Tree } from './cel.ts';
import { type Mistake, ONE_COMPARISON, TWO_LINES } from './mistake.ts';

type Said = Omit<Mistake, 'at'>;

const INSIDE: Said = { message: 'Found a comparison inside a side.', hint: ONE_COMPARISON };

/** What CEL has and the gate language has not. */
const REFUSED: ReadonlyMap<Tree['op'], Said> = new Map<Tree['op'], Said>([
  ...(['<', '<=', '>', '>=', '==', '!='] as const).map((op) => [op, INSIDE] as const),
  ['&&', { message: 'Found `&&`; a gate is one comparison.', hint: TWO_LINES }],
  [
    '||',
    {
      message: 'Found `||`; a gate is one comparison, and has no "or".',
      hint: 'Decide which of the two counts, or log a metric that says both.',
    },
  ],
  [
    '!_',
    {
      message: 'Found `!`; a gate has no "not".',
      hint: 'Turn the comparison: `<` for `>=`, `!=` for `==`.',
    },
  ],
  [
    '?:',
    {
      message: 'Found `?`; a gate makes no choices.',
      hint: 'Write one gate for each case that must hold.',
    },
  ],
  ['list', { message: 'Found a list; a gate compares numbers.', hint: ONE_COMPARISON }],
  ['map', { message: 'Found a map; a gate compares numbers.', hint: ONE_COMPARISON }],
  [
    'in',
    {
      message: 'Found `in`; a gate compares two numbers.',
      hint: 'For a range write two gates, `accuracy >= 0.8` and `accuracy <= 0.9`.',
    },
  ],
  [
    '%',
    {
      message: 'Found `%`; a gate has neither percent nor remainders.',
      hint: 'For 85 % write `0.85`, or `85` where the metric itself counts in percent.',
    },
  ],
  [
    'rcall',
    {
      message: 'Found a call after a point; a gate has only `abs`, `min` and `max`.',
      hint: 'Write `max(a, b)`; compute anything else where the model is evaluated, and log it.',
    },
  ],
]);

/** Where the sign of an operator stands; the parser tells only where its sides do. */
export function signAt(tree: Tree, text: string): number {
  const sign = { '!_': '!', '?:': '?' }[String(tree.op)] ?? tree.op;
  const first = Array.isArray(tree.args) ? tree.args[0] : undefined;
  const from =
    typeof first === 'object' && first !== null && 'end' in first ? first.end : tree.start;
  const at = text.indexOf(sign, from);
  return at < 0 ? tree.start : at;
}

export function refusedOperator(tree: Tree, text: string): Mistake | undefined {
  const said = REFUSED.get(tree.op);
  if (said === undefined) return undefined;
  const isSide = tree.op === 'list' || tree.op === 'map' || tree.op === 'rcall';
  return { at: isSide ? tree.start : signAt(tree, text), ...said };
}
