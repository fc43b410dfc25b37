import type { Surroundings } from '@passmuster/action-kit/spec/verb.ts';
import type { PromotePorts } from '@passmuster/verbs/promote/ports.ts';
import type { ConnectionInputs, RolloutInputs } from '@passmuster/verbs/traffic/inputs.ts';
import { openCluster } from './cluster.ts';
import { ledgerPorts } from './moving.ts';
import { judgingPorts } from './validate.ts';

interface Given extends ConnectionInputs, RolloutInputs {
  readonly registry: string | undefined;
  readonly wait: number;
  readonly 'github-token': string | undefined;
}

/** What a verb waits for that has something started anew: there and back, for a run that was left, and for its own. */
export const withRollouts = <Inputs extends Pick<Given, 'wait' | 'wait-timeout' | 'soak'>>(
  inputs: Inputs,
): Inputs => ({
  ...inputs,
  wait: inputs.wait + 2 * (2 * inputs['wait-timeout'] + inputs.soak),
});

/** The ports of the verbs that judge a version and have it served. */
export const openServing = (inputs: Given, around: Surroundings): PromotePorts => ({
  ...judgingPorts(inputs['github-token'], around),
  ...ledgerPorts(withRollouts(inputs), around),
  openCluster: openCluster(inputs, around),
});
