import type { Open } from '@passmuster/action-kit/spec/verb.ts';
import type { RunPorts } from '@passmuster/verbs/promotion/inputs.ts';
import type { spec } from '@passmuster/verbs/promotion/spec.ts';
import { openCluster } from './cluster.ts';
import { ledgerPorts, withRollouts } from './moving.ts';
import { judgingPorts } from './validate.ts';

export const openRun: Open<typeof spec, RunPorts> = (inputs, around) => ({
  ...judgingPorts(inputs['github-token'], around),
  ...ledgerPorts(withRollouts(inputs), around),
  openCluster: openCluster(inputs, around),
});
