import type { Place } from '../errors.ts';
import { diffLines } from './diff-lines.ts';
import { exceptionsDiff } from './exception-changes.ts';
import { type OtherChange, otherChanges } from './other-changes.ts';
import type { GateLine, Policy } from './policy.ts';
import { type Compared, unorderedDiff } from './unordered-diff.ts';

/** A gate of either policy, or of both. */
export interface ChangedGate {
  readonly change: Compared<GateLine>['change'];
  readonly of: 'model' | 'environment';
  readonly text: string;
  readonly level: GateLine['level'];
  /** Where it stands in the policy in force. */
  readonly inForce?: Place;
  /** Where it stands in the proposed one. */
  readonly proposed?: Place;
}

export interface GateChanges {
  /** All that apply: the model's, then the environment's, in their order. */
  readonly gates: readonly ChangedGate[];
  /** For a block of code in `diff`: what is added and removed, below the name of its list. Empty without a change. */
  readonly diff: readonly string[];
  /** What else changes for this model in this environment. */
  readonly also: readonly OtherChange[];
}

const gatesCompared = (before?: readonly GateLine[], after?: readonly GateLine[]) =>
  unorderedDiff(before ?? [], after ?? [], ({ level, text }) => `${level} ${text}`);

function changedGate(of: ChangedGate['of'], compared: Compared<GateLine>): ChangedGate {
  const { change, item } = compared;
  const { text, level, place } = item;
  const gate = { change, of, text, level };
  if (compared.change === 'same') return { ...gate, inForce: place, proposed: compared.twin.place };
  return change === 'added' ? { ...gate, proposed: place } : { ...gate, inForce: place };
}

const written = ({ level, text }: GateLine): string => (level === 'warn' ? `warn: ${text}` : text);

/** What a pull request would change in the policy that a model is judged by, in an environment where one is named. */
export function gateChanges(
  inForce: Policy | undefined,
  proposed: Policy | undefined,
  model: string,
  environment: string | undefined,
): GateChanges {
  const [before, after] = [inForce, proposed].map((policy) => ({
    model: policy?.models.get(model),
    environment: policy?.environments.get(environment ?? ''),
  }));
  const ofModel = gatesCompared(before?.model?.gates, after?.model?.gates);
  const ofEnvironment = gatesCompared(before?.environment?.gates, after?.environment?.gates);
  const globs = (one: typeof before) => one?.model?.evaluations ?? [];
  const evaluations = unorderedDiff(globs(before), globs(after), (glob) => glob);
  return {
    gates: [
      ...ofModel.map((one) => changedGate('model', one)),
      ...ofEnvironment.map((one) => changedGate('environment', one)),
    ],
    diff: [
      ...diffLines(['models', model, 'gates'], ofModel, written),
      ...diffLines(['environments', environment ?? '', 'gates'], ofEnvironment, written),
      ...diffLines(['models', model, 'evaluations'], evaluations, (glob) => glob),
      ...exceptionsDiff(environment ?? '', before?.environment, after?.environment),
    ],
    also: otherChanges(inForce, proposed, model, environment),
  };
}
