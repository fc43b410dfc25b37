import type { Open } from '@passmuster/action-kit/spec/verb.ts';
import type { MovingPorts } from '@passmuster/verbs/moving/ports.ts';
import type { spec } from '@passmuster/verbs/status/spec.ts';
import { openCluster } from './cluster.ts';
import { openMoving } from './moving.ts';

export const openStatus: Open<typeof spec, MovingPorts> = (inputs, around) => ({
  ...openMoving(inputs, around),
  openCluster: openCluster(inputs, around),
});
