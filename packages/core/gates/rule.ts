import { treeOf } from './cel.ts';
import { Expressions } from './expressions.ts';
import { mistakesOf } from './failure.ts';
import type { Comparison, Rule } from './gate.ts';
import { type Mistake, ONE_COMPARISON } from './mistake.ts';
import { misleading } from './number-slips.ts';
import { type Compared, comparisonOf, turned } from './sides.ts';
import { spotsOf } from './tokens.ts';

const BETTER: Partial<Record<Comparison, 'higher' | 'lower'>> = {
  '>=': 'higher',
  '>': 'higher',
  '<=': 'lower',
  '<': 'lower',
};

/** What is judged stands on the left, and is more than numbers. */
function nothingJudged(compared: Compared, text: string): Mistake {
  const [left, right] = compared.args;
  const names = spotsOf(text.slice(right.start)).filter(
    ({ kind, after }) => kind === 'word' && after?.text !== '(',
  );
  const turns = names.length > 0 && names.every((name) => name.text !== 'champion');
  return {
    at: left.start,
    message:
      names.length > 0
        ? 'The metric that is judged stands on the left, but there is none.'
        : 'This compares numbers with each other; no metric is judged.',
    hint: turns ? `Write ${turned(compared, text)}.` : ONE_COMPARISON,
  };
}

const WITH_ITSELF = {
  message: 'This compares the metric with itself.',
  hint: "If the champion's value is meant, write `champion`.",
};

function ruleOf(compared: Compared, text: string): Rule | readonly Mistake[] {
  const [leftTree, rightTree] = compared.args;
  const sides = new Expressions(text);
  const left = sides.left(leftTree);
  const onLeft = sides.mentions;
  if (left !== undefined && onLeft === 0) sides.refuse(nothingJudged(compared, text));
  const right = sides.right(rightTree);
  const [candidate, champion] = [sides.candidate.all, sides.champion.all];
  const withItself = candidate.length === 1 && champion.length === 0 && onLeft > 0;
  if (withItself && sides.mentions > onLeft) sides.refuse({ at: rightTree.start, ...WITH_ITSELF });
  if (left === undefined || right === undefined || sides.mistakes.length > 0) return sides.mistakes;
  const better = left.kind === 'metric' ? BETTER[compared.op] : undefined;
  const rule = { left, comparison: compared.op, right, candidate, champion };
  return better === undefined ? rule : { ...rule, better };
}

/** What a text means, or all that is wrong with it. */
export function readRule(text: string): Rule | readonly Mistake[] {
  const tree = treeOf(text);
  if ('code' in tree) return mistakesOf(text, tree);
  const mistakes = misleading(text);
  if (mistakes.length > 0) return mistakes;
  const compared = comparisonOf(tree, text);
  return 'message' in compared ? [compared] : ruleOf(compared, text);
}
