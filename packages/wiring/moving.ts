import { homedir } from 'node:os';
import { leaseFrom } from '@passmuster/action-kit/spec/lease.ts';
import type { Surroundings } from '@passmuster/action-kit/spec/verb.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { openForge } from '@passmuster/forge/open.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import type { MovingPorts } from '@passmuster/verbs/moving/ports.ts';

interface Given {
  readonly registry: string | undefined;
  readonly wait: number;
  readonly 'github-token': string | undefined;
  readonly 'dry-run': boolean;
}

/** The ports of the verbs that move a version. */
export function openMoving(inputs: Given, around: Surroundings): MovingPorts {
  const variables = process.env;
  const world = { ...around, variables, home: homedir() };
  return {
    files: diskFiles(),
    forge: openForge({ ...world, token: inputs['github-token'] }),
    // Whatever is moved is there already: no file is made for it.
    openRegistry: registryOpener({
      ...world,
      address: inputs.registry,
      patience: inputs.wait,
      makesNoFile: true,
    }),
    lease: leaseFrom(variables),
  };
}
