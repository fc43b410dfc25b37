import type { GateSource } from '@passmuster/core/gates/gate.ts';
import { gateLines } from '@passmuster/core/gates/lines.ts';
import { environmentDefaults, MODEL_DEFAULTS } from '@passmuster/core/policy/defaults.ts';
import {
  type ChangedGate,
  type GateChanges,
  gateChanges,
} from '@passmuster/core/policy/gate-changes.ts';
import type { JudgingPolicy } from '@passmuster/core/policy/judging-policy.ts';
import type { EnvironmentPolicy, ModelPolicy } from '@passmuster/core/policy/policy.ts';
import type { Proposed } from '@passmuster/core/policy/proposed-policy.ts';
import { pathText, quotable } from '@passmuster/core/quote.ts';
import { nearest } from '@passmuster/core/suggest.ts';
import type { Inputs } from './ports.ts';

export interface Environment {
  readonly name: string;
  readonly policy: EnvironmentPolicy;
  /** Whether a policy in force says what it is; else it may be a misspelt one. */
  readonly isDecided: boolean;
}

/** What a candidate is judged by. */
export interface Rules {
  readonly policy: JudgingPolicy;
  readonly model: ModelPolicy;
  readonly environment?: Environment;
  /** The model's, the environment's, then those of the step. */
  readonly lines: readonly GateSource[];
  /** Whether it counts as it is: a policy that is only proposed lends no force, but the step has its own. */
  readonly isInForce: (gate: Pick<GateSource, 'level' | 'text'>) => boolean;
  /** What the pull request would change; absent in other runs. */
  readonly changes?: GateChanges;
  readonly remarks: readonly string[];
}

/** Waivers that hold: a policy that is only proposed lends none. */
export const waiversIn = ({ environment, policy }: Pick<Rules, 'environment' | 'policy'>) =>
  policy.inForce ? (environment?.policy.waivers ?? []) : [];

function environmentOf({ policy, inForce }: JudgingPolicy, name: string | undefined) {
  if (name === undefined) return undefined;
  const known = policy?.environments.get(name);
  const isDecided = inForce && known !== undefined;
  const found = known ?? environmentDefaults(name);
  // Whoever only proposes an alias would choose whom the gates of the step compare with.
  const counting = inForce ? found : { ...environmentDefaults(name), gates: found.gates };
  return { name, policy: counting, isDecided };
}

/** More names than this are not searched for one that was meant. */
const MOST_NAMES = 200;

/** A model that no list has is judged by fewer gates than its team may think. */
function notNamed({ policy }: JudgingPolicy, model: string | undefined): string[] {
  const names = [...(policy?.models.keys() ?? [])].slice(0, MOST_NAMES);
  if (policy === undefined || model === undefined || policy.models.has(model)) return [];
  if (names.length === 0) return [];
  const meant = nearest(model, names);
  const question = meant === undefined ? '' : ` Did you mean \`${quotable(meant)}\`?`;
  return [
    `${quotable(policy.file)} has no model \`${quotable(model)}\` among those that it names, and so no gates for it.${question}`,
  ];
}

/**
 * What GitHub shows of a pull request is its own file: the line where the gate still stands. One that it
 * takes out has no line there.
 */
function placeOf({ inForce, proposed }: ChangedGate, theirs: Proposed | undefined) {
  if (proposed || theirs === undefined || theirs.is === 'absent') return proposed ?? inForce;
  return inForce && { file: inForce.file };
}

function policyLines(
  { policy, proposed }: JudgingPolicy,
  model: string,
  environment: Environment | undefined,
  changes: GateChanges,
): GateSource[] {
  if (policy === undefined) return [];
  return changes.gates
    .filter(({ change }) => change !== 'added')
    .map((gate): GateSource => {
      const name =
        gate.of === 'model' ? ['models', model] : ['environments', environment?.name ?? ''];
      const place = placeOf(gate, proposed);
      const { text, level } = gate;
      const removed = proposed?.is === 'policy' && gate.change === 'removed';
      const where = removed ? ', which the pull request takes out' : '';
      const from = `${pathText([...name, 'gates'])} in ${quotable(policy.file, 200)}${where}`;
      return { text, level, from, ...(place && { place }) };
    });
}

/** The lines of the input, each with its place in the workflow where that can be told. */
export function linesOfStep(input: string, placeOfLine: (text: string) => GateSource['place']) {
  return gateLines(input).map((line): GateSource => {
    const place = placeOfLine(line.text);
    return { ...line, ...(place && { place }) };
  });
}

/** All that a candidate is to be judged by, before anything is judged. */
export function rulesOf(
  policy: JudgingPolicy,
  inputs: Pick<Inputs, 'model' | 'environment'>,
  ofStep: readonly GateSource[],
): Rules {
  const name = inputs.model ?? '';
  const environment = environmentOf(policy, inputs.environment);
  const proposed = policy.proposed?.is === 'policy' ? policy.proposed.policy : undefined;
  const changes = gateChanges(policy.policy, proposed, name, environment?.name);
  const isOfStep = new Set(ofStep.map(({ level, text }) => `${level} ${text}`));
  // Gates of the step are in force: a proposal must not choose what they are held against.
  const isOnlyShown = !policy.inForce && ofStep.length === 0;
  const model = policy.inForce || isOnlyShown ? policy.policy?.models.get(name) : undefined;
  return {
    policy,
    model: model ?? MODEL_DEFAULTS,
    ...(environment && { environment }),
    lines: [...policyLines(policy, name, environment, changes), ...ofStep],
    isInForce: ({ level, text }) => policy.inForce || isOfStep.has(`${level} ${text}`),
    ...(policy.from === 'base-branch' && proposed && { changes }),
    remarks: notNamed(policy, inputs.model),
  };
}
