import type { Open } from '@passmuster/action-kit/spec/verb.ts';
import type { MovingPorts } from '@passmuster/verbs/moving/ports.ts';
import type { spec } from '@passmuster/verbs/rollback/spec.ts';
import { openCluster } from './cluster.ts';
import { openMoving } from './moving.ts';
import { withRollouts } from './serving.ts';

export const openRollback: Open<typeof spec, MovingPorts> = (inputs, around) => ({
  ...openMoving(withRollouts(inputs), around),
  openCluster: openCluster(inputs, around),
});
