import type { InputsOf, Surroundings } from '@passmuster/action-kit/spec/verb.ts';
import { InputError, type Problem } from '@passmuster/core/errors.ts';
import type { PromotePorts } from '../promote/ports.ts';
import { canaryWish } from './canary-input.ts';
import type { spec } from './spec.ts';

export type Inputs = InputsOf<typeof spec>;
export type DeployPorts = PromotePorts;
export type Ports = DeployPorts & Surroundings;

/** What can be seen to be wrong before anybody is asked. */
export function refuseAtOnce(inputs: Inputs): void {
  const { environment, configmap, version, canary } = inputs;
  const problems: Problem[] = [];
  if (environment === undefined && configmap === undefined) {
    problems.push({
      message: 'Nothing says what is to serve: neither `environment` nor `configmap` is given.',
      hint: 'Give the environment, as the policy names it; or the ConfigMap, as `namespace/name`, to move it without any policy.',
    });
  }
  const wish = canaryWish(canary);
  const needsVersion = typeof wish === 'object' || (environment === undefined && wish !== 'drop');
  if (version === undefined && needsVersion) {
    problems.push({
      message: '`version` is missing.',
      hint: 'Say which version is to serve, for example `version: v1.2.0`.',
    });
  }
  if (wish === 'drop' && version !== undefined) {
    problems.push({
      message: '`version` and `canary: drop` are both given.',
      hint: 'Leave `version` out: what is dropped is the canary that runs.',
    });
  }
  if (environment === undefined && inputs.override !== undefined) {
    problems.push({
      message:
        '`override` is given without `environment`: where nothing is judged, nothing is passed over.',
      hint: 'Leave it out.',
    });
  }
  if (problems.length > 0) throw new InputError(problems);
}
