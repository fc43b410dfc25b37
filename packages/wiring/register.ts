import { homedir } from 'node:os';
import { leaseFrom } from '@passmuster/action-kit/spec/lease.ts';
import type { Open } from '@passmuster/action-kit/spec/verb.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { gitProgram } from '@passmuster/evidence/git/index.ts';
import { openForge } from '@passmuster/forge/open.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import type { RegisterPorts } from '@passmuster/verbs/register/ports.ts';
import type { spec } from '@passmuster/verbs/register/spec.ts';

export const openRegister: Open<typeof spec, RegisterPorts> = (inputs, around) => {
  const variables = process.env;
  const world = { ...around, variables, home: homedir() };
  return {
    files: diskFiles(),
    git: gitProgram(),
    forge: openForge({ ...world, token: inputs['github-token'] }),
    openRegistry: registryOpener({
      ...world,
      address: inputs.registry,
      patience: inputs.wait,
      makesNoFile: inputs['dry-run'],
    }),
    lease: leaseFrom(variables),
  };
};
