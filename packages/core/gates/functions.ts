import { nearest } from '../suggest.ts';
import type { Tree } from './cel.ts';
import type { FunctionName } from './gate.ts';
import type { Mistake } from './mistake.ts';
import { shown } from './odd-name.ts';

const NAMES: readonly FunctionName[] = ['abs', 'min', 'max'];
/** What has brackets of the other kind. */
const INDEXED = ['metrics', 'slice', 'champion'];
const HAS = 'A gate has `abs(a)`, `min(a, b, …)` and `max(a, b, …)`.';

function unknown(written: string, at: number): Mistake {
  const near = nearest(written, [...NAMES, ...INDEXED]);
  const meant = near !== undefined && INDEXED.includes(near) ? `${near}["…"]` : near;
  const question = meant === undefined ? '' : `Did you mean \`${meant}\`? `;
  return { at, message: `There is no function ${shown(written)}.`, hint: `${question}${HAS}` };
}

/** The function that is called, or why it cannot be. */
export function functionOf(call: Extract<Tree, { op: 'call' }>): FunctionName | Mistake {
  const [written, values] = call.args;
  const name = NAMES.find((known) => known === written);
  if (name === undefined) return unknown(written, call.start);
  if (name === 'abs' ? values.length === 1 : values.length >= 2) return name;
  const takes = name === 'abs' ? 'one value' : 'two values or more';
  const message = `\`${name}\` takes ${takes}, found ${values.length}.`;
  return { at: call.start, message, hint: HAS };
}
