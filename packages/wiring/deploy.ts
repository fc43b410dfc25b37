import type { Open } from '@passmuster/action-kit/spec/verb.ts';
import type { DeployPorts } from '@passmuster/verbs/deploy/inputs.ts';
import type { spec } from '@passmuster/verbs/deploy/spec.ts';
import { openCluster } from './cluster.ts';
import { ledgerPorts, withRollouts } from './moving.ts';
import { judgingPorts } from './validate.ts';

export const openDeploy: Open<typeof spec, DeployPorts> = (inputs, around) => ({
  ...judgingPorts(inputs['github-token'], around),
  ...ledgerPorts(withRollouts(inputs), around),
  openCluster: openCluster(inputs, around),
});
