import type { Open } from '@passmuster/action-kit/spec/verb.ts';
import type { PromotePorts } from '@passmuster/verbs/promote/ports.ts';
import type { spec } from '@passmuster/verbs/promote/spec.ts';
import { ledgerPorts } from './moving.ts';
import { judgingPorts } from './validate.ts';

export const openPromote: Open<typeof spec, PromotePorts> = (inputs, around) => ({
  ...judgingPorts(inputs['github-token'], around),
  ...ledgerPorts(inputs, around),
});
