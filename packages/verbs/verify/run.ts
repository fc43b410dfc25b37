import type { Verb } from '@passmuster/action-kit/spec/verb.ts';
import type { Findings } from './findings.ts';
import { hold } from './hold.ts';
import { type Job, jobFor } from './job.ts';
import { list } from './list.ts';
import { outcomeOf } from './outcome.ts';
import type { Inputs, VerifyPorts } from './ports.ts';
import { MOST_MANIFEST_BYTES } from './read-manifest.ts';
import { againstSeal, askedVersion } from './seal.ts';
import type { spec } from './spec.ts';
import { write } from './write.ts';

/** With a sealed digest to go by, a manifest is not needed; where there is one, it names what differs. */
async function look(job: Job, { write: making, manifest, model }: Inputs): Promise<Findings> {
  if (making) return write(job);
  const needed = model === undefined || manifest !== undefined;
  const there = needed || (await job.ports.files.read(job.manifestFile, MOST_MANIFEST_BYTES));
  return there ? hold(job) : { ...(await list(job)), listed: false };
}

export const verify: Verb<typeof spec, VerifyPorts> = async (inputs, ports) => {
  const asked = askedVersion(inputs);
  const { job, skipped } = await jobFor(inputs, ports);
  const found = await look(job, inputs);
  const findings = asked ? await againstSeal(asked, found, ports) : found;
  return outcomeOf({ ...findings, skipped: [...skipped].sort() });
};
