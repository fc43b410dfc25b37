import type { Evidence as Judging } from '@passmuster/core/gates/evidence.ts';
import type { Gate } from '@passmuster/core/gates/gate.ts';
import { type Judged, judge } from '@passmuster/core/gates/judge.ts';
import { lookAlike, lookIn } from '@passmuster/core/gates/looks.ts';
import { verdictOf } from '@passmuster/core/gates/verdict.ts';
import type { Verdict } from '@passmuster/core/page.ts';
import type { Side } from './sides.ts';
import type { Champion } from './subjects.ts';

/** What evidence counts, as the inputs and the policy say. */
interface Strictness {
  readonly mustBeBound: boolean;
  readonly mustBeProven: boolean;
}

export interface Judgement {
  readonly judged: readonly Judged[];
  /** What all of them come to, also those of a policy that is only proposed. */
  readonly verdict: Verdict;
}

interface Sides {
  readonly candidate: Pick<Side, 'evidence'>;
  readonly champion: Pick<Side, 'evidence'>;
}

function championSide(
  who: Champion | undefined,
  { candidate, champion }: Sides,
  { mustBeBound, mustBeProven }: Strictness,
): Judging['champion'] {
  if (who?.kind === 'itself') {
    return { kind: 'itself', why: `The candidate is the champion (${who.by}).` };
  }
  if (who?.kind === 'none') return { kind: 'none', why: `There is no champion: ${who.says}.` };
  if (who?.kind === 'unclear') {
    const why = `Which version is the champion cannot be told: ${who.says}. ${who.hint}`;
    return { kind: 'version', look: () => ({ why }) };
  }
  const ours = lookIn('candidate', candidate.evidence, mustBeBound);
  const theirs = lookIn('champion', champion.evidence, mustBeBound);
  return { kind: 'version', look: lookAlike(ours, theirs, mustBeProven) };
}

/** Each gate on the evidence of both sides, and what they come to together. */
export function judgeAll(
  gates: readonly Gate[],
  sides: Sides,
  who: Champion | undefined,
  strictness: Strictness,
): Judgement {
  const evidence: Judging = {
    candidate: lookIn('candidate', sides.candidate.evidence, strictness.mustBeBound),
    champion: championSide(who, sides, strictness),
  };
  const judged = gates.map((gate) => judge(gate, evidence));
  return { judged, verdict: verdictOf(judged) };
}
