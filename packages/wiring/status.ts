import { homedir } from 'node:os';
import { leaseFrom } from '@passmuster/action-kit/spec/lease.ts';
import type { Open } from '@passmuster/action-kit/spec/verb.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { openForge } from '@passmuster/forge/open.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import type { MovingPorts } from '@passmuster/verbs/moving/ports.ts';
import type { spec } from '@passmuster/verbs/status/spec.ts';

export const openStatus: Open<typeof spec, MovingPorts> = (inputs, around) => {
  const variables = process.env;
  const world = { ...around, variables, home: homedir() };
  return {
    files: diskFiles(),
    forge: openForge({ ...world, token: inputs['github-token'] }),
    openRegistry: registryOpener({ ...world, address: inputs.registry, makesNoFile: true }),
    lease: leaseFrom(variables),
  };
};
