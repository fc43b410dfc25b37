import { readInputs } from '@passmuster/action-kit/spec/read.ts';
import { evidenceOf } from '@passmuster/core/evidence/evidence.ts';
import { judgementOf } from '@passmuster/core/gates/judgement.ts';
import { readGates } from '@passmuster/core/gates/read.ts';
import type { JudgingPolicy } from '@passmuster/core/policy/judging-policy.ts';
import { parsePolicy } from '@passmuster/core/policy/parse.ts';
import { judgeAll } from './judging.ts';
import { linesOfStep, rulesOf, waiversIn } from './rules.ts';
import type { Side } from './sides.ts';
import { spec } from './spec.ts';
import type { Champion } from './subjects.ts';
import type { Told } from './told.ts';

export interface Run {
  /** Gates of the policy for the model `m`; without any there is no policy. */
  readonly ofPolicy?: readonly string[];
  /** Whether the policy is that of the base; else it is only proposed. */
  readonly isInForce?: boolean;
  /** Waivers of the policy in the environment `live`, where the model is then to go. */
  readonly waivers?: readonly Readonly<Record<string, string>>[];
  readonly ofStep?: readonly string[];
  readonly onInconclusive?: 'fail' | 'warn';
  readonly candidate?: Readonly<Record<string, number>>;
  readonly champion?: Champion;
  /** What the champion's file says. */
  readonly baseline?: Readonly<Record<string, number>>;
}

/** When the runs are judged. */
const NOW = Date.parse('2026-06-15T12:00:00Z');

/** A waiver of some gate that lasts, and one that does not. */
export const WAIVED = { reason: 'flaky', approver: 'ann', until: '2026-06-15' };
export const ENDED = { ...WAIVED, until: '2026-06-14' };

export const UNBOUND = 'nobody recorded it';

function sideOf(path: string, values: Readonly<Record<string, number>>): Side {
  const origin = { kind: 'file' as const, path, digest: 'sha256:0', at: '' };
  const measured = Object.entries(values).map(([metric, value]) => {
    return { metric, value, conditions: {}, origin };
  });
  const reading = { measured, unusable: [], remarks: [] };
  const sources = [{ origin, reading, unbound: UNBOUND }];
  return { sources, evidence: evidenceOf(sources), remarks: [] };
}

async function policyOf({
  ofPolicy = [],
  isInForce = true,
  waivers = [],
}: Run): Promise<JudgingPolicy> {
  const said = 'It is the one.';
  if (ofPolicy.length === 0) return { from: 'none', said, inForce: true, remarks: [] };
  const gates = ofPolicy.map((gate) =>
    gate.startsWith('warn: ') ? { warn: gate.slice('warn: '.length) } : gate,
  );
  const models = { m: { gates } };
  const text = JSON.stringify({ models, environments: { live: { waivers } } });
  const policy = await parsePolicy(text, 'passmuster.yaml');
  const from = isInForce ? 'file' : 'pull-request';
  return { from, policy, said, inForce: isInForce, remarks: [] };
}

/** A run as it would be told, from gates and numbers. */
export async function toldOf(run: Run): Promise<Told> {
  const { ofStep = [], onInconclusive, candidate = {}, champion, baseline = {} } = run;
  const { waivers = [] } = run;
  const raw = new Map([
    ['model', 'm'],
    ['config', 'passmuster.yaml'],
    ['gates', ofStep.join('\n')],
    ...(waivers.length > 0 ? [['environment', 'live'] as const] : []),
    ...(onInconclusive ? [['on-inconclusive', onInconclusive] as const] : []),
  ]);
  const reading = readInputs(spec, raw, (name) => name);
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  const { inputs } = reading;
  const rules = rulesOf(
    await policyOf(run),
    inputs,
    linesOfStep(inputs.gates, () => undefined),
  );
  const sides = {
    candidate: sideOf('results.json', candidate),
    champion: sideOf('baseline.json', baseline),
  };
  const strictness = { mustBeBound: false, mustBeProven: false };
  const judged = judgeAll(await readGates(rules.lines), sides, champion, strictness);
  const judgement = judgementOf(judged, waiversIn(rules), NOW);
  const subjects = { remarks: [], ...(champion && { champion }) };
  return { inputs, rules, subjects, sides, judgement };
}
