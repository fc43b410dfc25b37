import { CONFIGMAP, RESTART } from '../cluster/steps.ts';
import { type Stand, type Step, standsOf, type Values, type Way } from './step.ts';

/** What is to become of a move: ahead; back, unless all of it is there already; or back in any case. */
export type Wish = 'ahead' | 'back-unless-there' | 'back';

/** A place where somebody else has put something. */
export interface Strange {
  readonly step: Step;
  readonly value: string;
  /** Who has put it there, where that place says it, and when. */
  readonly by?: { readonly name: string; readonly at?: number };
}

export type Next =
  | { readonly do: 'step'; readonly step: Step; readonly way: Way }
  | { readonly do: 'seal'; readonly outcome: 'done' | 'put-back' }
  | { readonly do: 'stop'; readonly strange: readonly Strange[] };

/**
 * The next to undo: the last that was done, but for workloads, which read the ConfigMap when they start. They are
 * started anew after it says what it said before, on the way back as well.
 */
function undoneNext(steps: readonly Step[], stands: readonly Stand[]): Step | undefined {
  const left = steps.filter((_, at) => stands[at] === 'after').reverse();
  const of = (kind: string) => left.find((step) => step.kind === kind);
  return of(CONFIGMAP) ?? of(RESTART) ?? left[0];
}

/**
 * What is next for a move, wherever it was broken off: a function of its steps and of what is observed, and of
 * nothing else. Ahead in the order of the steps, back against it, and never over somebody else's value.
 */
export function next(steps: readonly Step[], values: Values, wish: Wish): Next {
  const stands = standsOf(steps, values);
  const strange = steps.flatMap((step, at) =>
    stands[at] === 'foreign' ? [{ step, value: values[at] ?? '' }] : [],
  );
  if (strange.length > 0) return { do: 'stop', strange };
  const isThere = !stands.includes('before');
  const ahead = wish === 'ahead' || (wish === 'back-unless-there' && isThere);
  const step = ahead ? steps[stands.indexOf('before')] : undoneNext(steps, stands);
  if (step !== undefined) return { do: 'step', step, way: ahead ? 'forward' : 'back' };
  return { do: 'seal', outcome: ahead ? 'done' : 'put-back' };
}
