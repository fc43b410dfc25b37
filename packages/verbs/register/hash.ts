import { InputError } from '@passmuster/core/errors.ts';
import type { DigestedFile } from '@passmuster/core/manifest/entry.ts';
import { rootDigest } from '@passmuster/core/manifest/root.ts';
import { earlierManifest } from '../verify/earlier.ts';
import { type Findings, passes } from '../verify/findings.ts';
import { jobFor, type Reading } from '../verify/job.ts';
import { list } from '../verify/list.ts';
import { textFor } from '../verify/write.ts';
import type { Hashed } from './wish.ts';

interface HashedFolder {
  readonly hashed: Hashed;
  readonly files: readonly DigestedFile[];
}

/** What stands in the way of a manifest, as `verify` finds it. */
function refuse(folder: string, { differences }: Findings): never {
  const [first] = differences;
  const named = first ? `: "${first.path}" ${first.reason ?? first.what}` : '';
  const more = differences.length > 1 ? `, and ${differences.length - 1} more` : '';
  throw new InputError([
    {
      message: `The files of ${folder} cannot all be listed${named}${more}.`,
      hint: `\`passmuster verify --path ${folder} --write\` names each of them.`,
    },
  ]);
}

/** Hashes the folder; its manifest is written once it is decided that this is to be registered. */
export async function hashFolder(folder: string, ports: Reading): Promise<HashedFolder> {
  const { job } = await jobFor({ path: folder }, ports);
  const earlier = await earlierManifest(ports.files, job.manifestFile);
  const findings = await list(job);
  if (!passes(findings)) refuse(folder, findings);
  const files = findings.same;
  const manifest = textFor(files, folder);
  const hashed = {
    digest: rootDigest(files),
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    manifest,
    manifestFile: job.manifestFile,
    isWritten: earlier?.text === manifest,
  };
  return { hashed, files };
}
