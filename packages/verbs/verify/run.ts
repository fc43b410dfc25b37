import { posix } from 'node:path';
import type { Verb } from '@passmuster/action-kit/spec/verb.ts';
import { compileGlobs } from '@passmuster/core/globs.ts';
import { hold } from './hold.ts';
import type { Job, VerifyPorts } from './job.ts';
import { outcomeOf } from './outcome.ts';
import { MANIFEST, type spec } from './spec.ts';
import { write } from './write.ts';

/** What Git keeps beside a model is no part of it; OpenSSF Model Signing leaves out the same. */
const GIT = new Set(['.git', '.gitattributes', '.github', '.gitignore']);

export const verify: Verb<typeof spec, VerifyPorts> = async (inputs, ports) => {
  const manifestFile = inputs.manifest ?? posix.join(inputs.path, MANIFEST);
  const manifestPath = await ports.files.within(inputs.path, manifestFile);
  const skipped = new Set<string>();
  const job: Job = {
    ports,
    folder: inputs.path,
    manifestFile,
    manifestPath,
    expected: inputs['expect-version'],
    skip: (path) => {
      if (GIT.has(path)) skipped.add(path);
      return GIT.has(path) || path === MANIFEST || path === manifestPath;
    },
    allowed: compileGlobs(inputs['allow-extra']),
  };
  const findings = await (inputs.write ? write(job) : hold(job));
  return outcomeOf({ ...findings, skipped: [...skipped].sort() });
};
