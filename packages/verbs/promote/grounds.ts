import type { Known, Source } from '@passmuster/core/evidence/evidence.ts';
import { sourceText } from '@passmuster/core/evidence/evidence.ts';
import type { Gate } from '@passmuster/core/gates/gate.ts';
import { type Judgement, judgementOf } from '@passmuster/core/gates/judgement.ts';
import { isWaived } from '@passmuster/core/gates/waivers.ts';
import { asciiJson, sha256 } from '@passmuster/core/ledger/parts.ts';
import type { Verdict } from '@passmuster/core/page.ts';
import type { JudgedGate } from '@passmuster/core/promotions/record.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { judgeAll } from '../validate/judging.ts';
import { momentOfJudging } from '../validate/moment.ts';
import { type Rules, waiversIn } from '../validate/rules.ts';
import { bothSides, type Side } from '../validate/sides.ts';
import type { Champion, Subject } from '../validate/subjects.ts';
import type { Inputs, Ports } from './ports.ts';

/** What a version is judged by. */
export interface Ruling {
  readonly rules: Rules;
  readonly gates: readonly Gate[];
}

/** What it was judged by, and what came of it. */
export interface Grounds {
  readonly judgement: Judgement;
  readonly verdict: Verdict;
  readonly sides: { readonly candidate: Side; readonly champion: Side };
  readonly gates: readonly JudgedGate[];
  /** Digests of what the candidate's numbers were read from. */
  readonly evidence: readonly string[];
}

const numbersOf = ({ reading }: Source): unknown[] =>
  reading.measured.map(({ metric, slice = '', value }) => [metric, slice, String(value)]);

/** A file by its bytes, a run by the numbers that it gave. */
function digestOf(source: Source): string {
  const { origin } = source;
  const digest = origin.kind === 'file' ? origin.digest : sha256(asciiJson(numbersOf(source)));
  return `${sourceText(origin)} ${digest}`;
}

const finite = (name: 'value' | 'bound', value: number | undefined) =>
  value !== undefined && Number.isFinite(value) ? { [name]: value } : {};

function judgedGates({ judged }: Judgement): JudgedGate[] {
  return judged.map((one) => {
    const { gate, verdict, value, bound, waived } = one;
    const { until, approver, reason } = waived?.waiver ?? {};
    return {
      gate: gate.text,
      level: gate.level,
      verdict,
      ...finite('value', value),
      ...finite('bound', bound),
      ...(isWaived(one) && until && approver && reason && { waived: { until, approver, reason } }),
    };
  });
}

interface Judging {
  readonly inputs: Inputs;
  readonly ports: Ports;
  readonly registry: Registry;
  readonly ruling: Ruling;
  readonly candidate: Subject;
  readonly champion: Champion;
}

/** Judges again, from the registry and from files: nothing that an earlier job said counts here. */
export async function groundsOf(judging: Judging): Promise<Grounds> {
  const { inputs, ports, registry, ruling, candidate, champion } = judging;
  const { rules, gates } = ruling;
  const { model, evaluations, prefer } = inputs;
  const { evidence } = rules.model;
  const asked = { model, evaluations, prefer, evidence, 'champion-evaluations': [] };
  const subjects = { candidate, champion };
  const sides = await bothSides({ inputs: asked, ports, rules, subjects, registry });
  const judged = judgeAll(gates, sides, champion, {
    mustBeBound: evidence === 'bound',
    mustBeProven: (inputs.comparable ?? rules.model.comparable) === 'required',
  });
  const judgement = judgementOf(judged, waiversIn(rules), momentOfJudging(ports, registry));
  return {
    judgement,
    verdict: judgement.verdict,
    sides,
    gates: judgedGates(judgement),
    evidence: sides.candidate.sources.map(digestOf),
  };
}

/** Metrics that were found and that no proof ties to the version, for those who wonder why they do not count. */
export const unboundIn = ({ sides }: Grounds): readonly Known[] =>
  [...sides.candidate.evidence.values()].filter(
    (known) => known.kind === 'measured' && known.unbound !== undefined,
  );
