import type { Evidence as Judging } from '@passmuster/core/gates/evidence.ts';
import type { Gate } from '@passmuster/core/gates/gate.ts';
import { type Judged, judge } from '@passmuster/core/gates/judge.ts';
import { lookAlike, lookIn } from '@passmuster/core/gates/looks.ts';
import type { Side } from './sides.ts';
import type { Champion } from './subjects.ts';

/** What evidence counts, as the inputs and the policy say. */
interface Strictness {
  readonly mustBeBound: boolean;
  readonly mustBeProven: boolean;
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

/** Each gate on the evidence of both sides. */
export function judgeAll(
  gates: readonly Gate[],
  sides: Sides,
  who: Champion | undefined,
  strictness: Strictness,
): readonly Judged[] {
  const evidence: Judging = {
    candidate: lookIn('candidate', sides.candidate.evidence, strictness.mustBeBound),
    champion: championSide(who, sides, strictness),
  };
  return gates.map((gate) => judge(gate, evidence));
}
