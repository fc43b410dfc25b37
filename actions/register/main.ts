import { homedir } from 'node:os';
import { runAction } from '@passmuster/action-kit/runner/action.ts';
import { leaseFrom } from '@passmuster/action-kit/spec/lease.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { gitProgram } from '@passmuster/evidence/git/index.ts';
import { openForge } from '@passmuster/forge/open.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import { register } from '@passmuster/verbs/register/run.ts';
import { spec } from '@passmuster/verbs/register/spec.ts';

await runAction(spec, register, (inputs, around) => {
  const variables = process.env;
  const world = { ...around, variables, home: homedir() };
  return {
    files: diskFiles(),
    git: gitProgram(),
    forge: openForge({ ...world, token: inputs['github-token'] }),
    openRegistry: registryOpener({ ...world, address: inputs.registry, patience: inputs.wait }),
    lease: leaseFrom(variables),
  };
});
