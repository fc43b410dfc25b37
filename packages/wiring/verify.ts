import { homedir } from 'node:os';
import type { Open } from '@passmuster/action-kit/spec/verb.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import type { VerifyPorts } from '@passmuster/verbs/verify/ports.ts';
import type { spec } from '@passmuster/verbs/verify/spec.ts';

export const openVerify: Open<typeof spec, VerifyPorts> = ({ registry: address }, around) => ({
  files: diskFiles(),
  openRegistry: registryOpener({
    ...around,
    variables: process.env,
    home: homedir(),
    address,
    makesNoFile: true,
  }),
});
