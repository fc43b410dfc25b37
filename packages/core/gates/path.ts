import type { Tree } from './cel.ts';
import type { Mistake } from './mistake.ts';

interface Step {
  readonly key: string;
  /** `["key"]` rather than `.key` */
  readonly quoted: boolean;
}

/** A word and what follows it: `champion.slice["region=eu"].accuracy`. */
export interface Path {
  readonly root: string;
  readonly steps: readonly Step[];
}

const HINT = 'Write the name of the metric as a text, as `metrics["toxicity/v1/mean"]`.';

function keyOf(index: Tree): string | Mistake {
  if (index.op !== 'value' || typeof index.args !== 'string') {
    return { at: index.start, message: 'Found no text between the brackets.', hint: HINT };
  }
  if (index.args !== '') return index.args;
  return { at: index.start, message: 'Found an empty name.', hint: HINT };
}

/** The path that a tree is, or why it is none. */
export function pathOf(tree: Tree): Path | Mistake {
  const steps: Step[] = [];
  let node = tree;
  while (node.op === '.' || node.op === '[]') {
    if (node.op === '.') {
      steps.push({ key: node.args[1], quoted: false });
    } else {
      const key = keyOf(node.args[1]);
      if (typeof key !== 'string') return key;
      steps.push({ key, quoted: true });
    }
    node = node.args[0];
  }
  if (node.op === 'id') return { root: node.args, steps: steps.reverse() };
  return {
    at: node.start,
    message: 'Only a name can be followed by a point or by brackets.',
    hint: HINT,
  };
}

/** The metric that steps name: words with points between, or one text in brackets. */
export function metricOf(steps: readonly Step[]): string | undefined {
  const [first, ...more] = steps;
  if (first === undefined) return undefined;
  if (first.quoted) return more.length === 0 ? first.key : undefined;
  return steps.some(({ quoted }) => quoted) ? undefined : steps.map(({ key }) => key).join('.');
}
