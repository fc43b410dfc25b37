import type { Tree } from './cel.ts';
import type { Comparison } from './gate.ts';
import { type Mistake, ONE_COMPARISON, TWO_LINES } from './mistake.ts';
import { shown } from './odd-name.ts';
import { refusedOperator, signAt } from './refused.ts';

/** The same, seen from the other side. */
const TURNED: Record<Comparison, Comparison> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

export type Compared = Extract<Tree, { op: Comparison }>;

const isComparison = (tree: Tree): tree is Compared => Object.hasOwn(TURNED, tree.op);

/** The texts of both sides, with their brackets. */
function sidesOf(tree: Compared, text: string, until = text.length): [string, string] {
  const at = signAt(tree, text);
  return [text.slice(0, at).trim(), text.slice(at + tree.op.length, until).trim()];
}

/** The gate with its sides changed, as a person would write it. */
export function turned(tree: Compared, text: string): string {
  const [left, right] = sidesOf(tree, text);
  return shown(`${right} ${TURNED[tree.op]} ${left}`);
}

const isWhole = (text: string): boolean =>
  text.replace(/[^(]/g, '').length === text.replace(/[^)]/g, '').length;

/** `0.5 < a < 0.9`: two gates, written out where that is plain. */
function twice(tree: Compared, first: Compared, text: string): Mistake {
  const at = signAt(tree, text);
  const [left, middle] = sidesOf(first, text, at);
  const [, right] = sidesOf(tree, text);
  const plain = tree.args[0] === first && [left, middle, right].every(isWhole);
  const gates = [`${middle} ${TURNED[first.op]} ${left}`, `${middle} ${tree.op} ${right}`];
  return {
    at,
    message: 'Found a second comparison; a gate is one.',
    hint: plain ? `Write two gates: ${gates.map(shown).join(' and ')}.` : TWO_LINES,
  };
}

/** The comparison that a gate is, or why it is not one. */
export function comparisonOf(tree: Tree, text: string): Compared | Mistake {
  if (!isComparison(tree)) {
    const said = refusedOperator(tree, text);
    if (said !== undefined) return said;
    const message = 'Found no comparison; a value alone is neither good nor bad.';
    return { at: tree.end, message, hint: ONE_COMPARISON };
  }
  const inner = tree.args.find(isComparison);
  if (inner === undefined) return tree;
  const plain = !inner.args.some(isComparison);
  return plain
    ? twice(tree, inner, text)
    : { at: signAt(tree, text), message: 'Found several comparisons.', hint: TWO_LINES };
}
