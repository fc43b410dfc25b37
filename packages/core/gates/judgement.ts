import type { Waiver } from '../policy/policy.ts';
import type { Judged } from './judge.ts';
import { type Verdict, verdictOf } from './verdict.ts';
import { type Ruled, ruled } from './waivers.ts';

export interface Judgement {
  readonly judged: readonly Ruled[];
  /** What all of them come to, also those of a policy that is only proposed. */
  readonly verdict: Verdict;
}

/**
 * What gates come to where some may be waived. The waivers must be those of a policy in force, and the
 * moment one that nobody who wants a pass can choose.
 */
export function judgementOf(
  judged: readonly Judged[],
  waivers: readonly Waiver[],
  now: number,
): Judgement {
  const all = judged.map((one) => ruled(one, waivers, now));
  return { judged: all, verdict: verdictOf(all) };
}
