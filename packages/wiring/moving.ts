import { homedir } from 'node:os';
import { leaseFrom } from '@passmuster/action-kit/spec/lease.ts';
import type { Surroundings } from '@passmuster/action-kit/spec/verb.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { openForge } from '@passmuster/forge/open.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import type { MovingPorts } from '@passmuster/verbs/moving/ports.ts';

interface Given {
  readonly registry: string | undefined;
  /** Absent where nobody is waited for. */
  readonly wait?: number;
  readonly 'github-token': string | undefined;
}

/** A registry with ledgers. Whatever is spoken of is there already: no file is made for it. */
export function ledgerPorts(
  { registry: address, wait }: Omit<Given, 'github-token'>,
  around: Surroundings,
): Pick<MovingPorts, 'openRegistry' | 'lease'> {
  const variables = process.env;
  return {
    openRegistry: registryOpener({
      ...{ ...around, variables, home: homedir(), address },
      ...(wait !== undefined && { patience: wait }),
      makesNoFile: true,
    }),
    lease: leaseFrom(variables),
  };
}

/** The ports of the verbs that go by what was moved. */
export const openMoving = (inputs: Given, around: Surroundings): MovingPorts => ({
  files: diskFiles(),
  forge: openForge({ ...around, variables: process.env, token: inputs['github-token'] }),
  ...ledgerPorts(inputs, around),
});
