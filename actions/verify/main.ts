import { homedir } from 'node:os';
import { runAction } from '@passmuster/action-kit/runner/action.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import { verify } from '@passmuster/verbs/verify/run.ts';
import { spec } from '@passmuster/verbs/verify/spec.ts';

await runAction(spec, verify, ({ registry: address }, around) => ({
  files: diskFiles(),
  openRegistry: registryOpener({ ...around, variables: process.env, home: homedir(), address }),
}));
