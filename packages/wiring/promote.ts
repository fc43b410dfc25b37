import { homedir } from 'node:os';
import { leaseFrom } from '@passmuster/action-kit/spec/lease.ts';
import type { Open } from '@passmuster/action-kit/spec/verb.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import type { PromotePorts } from '@passmuster/verbs/promote/ports.ts';
import type { spec } from '@passmuster/verbs/promote/spec.ts';
import { judgingPorts } from './validate.ts';

export const openPromote: Open<typeof spec, PromotePorts> = (inputs, around) => {
  const variables = process.env;
  return {
    ...judgingPorts(inputs['github-token'], around),
    openRegistry: registryOpener({
      ...around,
      variables,
      home: homedir(),
      address: inputs.registry,
      patience: inputs.wait,
      makesNoFile: true,
    }),
    lease: leaseFrom(variables),
  };
};
