import { InputError } from '@passmuster/core/errors.ts';
import { readGates } from '@passmuster/core/gates/read.ts';
import type { TrustedPolicy } from '@passmuster/core/policy/trusted-policy.ts';
import type { Environment } from '../moving/place.ts';
import { linesOfStep, rulesOf } from '../validate/rules.ts';
import { workflowPlaces } from '../validate/workflow-lines.ts';
import type { Ruling } from './grounds.ts';
import type { Inputs, Ports } from './ports.ts';

/** What the version is judged by: the policy's gates, then those of the step. */
export async function readRuling(
  inputs: Inputs,
  ports: Ports,
  trusted: TrustedPolicy,
  environment: Environment,
): Promise<Ruling> {
  const ofStep = linesOfStep(inputs.gates, await workflowPlaces(ports));
  const policy = { ...trusted, inForce: true, remarks: [] };
  const asked = { model: inputs.model, environment: environment.name };
  const rules = {
    ...rulesOf(policy, asked, ofStep),
    environment: { ...environment, isDecided: true },
  };
  const gates = await readGates(rules.lines);
  return { rules, gates };
}

/** What can be seen to be wrong before anybody is asked. */
export function refuseAtOnce({ 'plan-file': file, plan, 'dry-run': dryRun }: Inputs): void {
  if (file === undefined || plan === undefined) return;
  const message =
    '`plan-file` and `plan` are both given: one writes a plan, the other goes by one.';
  throw new InputError([{ message, hint: dryRun ? 'Leave out `plan`.' : 'Leave one out.' }]);
}
