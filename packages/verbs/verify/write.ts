import { InputError } from '@passmuster/core/errors.ts';
import type { Files, Survey } from '@passmuster/core/files.ts';
import type { Difference } from '@passmuster/core/manifest/compare.ts';
import { manifestText } from '@passmuster/core/manifest/document.ts';
import type { DigestedFile } from '@passmuster/core/manifest/entry.ts';
import type { Findings } from './findings.ts';
import type { Job } from './job.ts';
import { MOST_MANIFEST_BYTES } from './read-manifest.ts';
import { checkVersion } from './version.ts';

/** The manifest that is there; anything else that stands in its place is somebody's, and is kept. */
async function earlierManifest(files: Files, file: string): Promise<string | undefined> {
  const bytes = await files.read(file, MOST_MANIFEST_BYTES);
  if (bytes === undefined) return undefined;
  const text = Buffer.from(bytes).toString();
  if (/^\{\s*"passmuster_manifest"/.test(text)) return text;
  throw new InputError([
    {
      message: `${file} exists and is no manifest of ours, so it is not replaced.`,
      hint: 'Name another file with `manifest`, or remove this one.',
    },
  ]);
}

interface Digesting {
  readonly digested: readonly DigestedFile[];
  readonly differences: readonly Difference[];
  readonly allowed: number;
}

async function digestFolder(job: Job, survey: Survey): Promise<Digesting> {
  const { files: port, progress, signal } = job.ports;
  const files = survey.files.filter(({ path }) => !job.allowed(path));
  const refused = survey.refused.filter(({ path }) => !job.allowed(path));
  const differences = refused.map((each): Difference => ({ what: 'refused', ...each }));
  const allowed = survey.files.length + survey.refused.length - files.length - refused.length;
  // With something in the folder that cannot be listed there will be no manifest: say so without the wait.
  if (refused.length > 0) return { digested: [], differences, allowed };
  const digests = await port.digest(job.folder, files, {
    algorithms: ['sha256'],
    progress,
    signal,
  });
  const digested: DigestedFile[] = [];
  for (const [index, { path, size }] of files.entries()) {
    const digest = digests[index] ?? { refused: 'was not read' };
    if ('refused' in digest) differences.push({ what: 'refused', path, reason: digest.refused });
    else digested.push({ path, size, sha256: digest.sha256 });
  }
  return { digested, differences, allowed };
}

/** Makes the manifest from the folder, whole or not at all. */
export async function write(job: Job): Promise<Findings> {
  const { files, signal } = job.ports;
  const earlier = await earlierManifest(files, job.manifestFile);
  const survey = await files.survey(job.folder, job.skip);
  const { digested, differences, allowed } = await digestFolder(job, survey);
  if (digested.length === 0 && differences.length === 0) {
    throw new InputError([
      {
        message: `There is no file to list in ${job.folder}.`,
        hint: 'Is `path` the folder that holds the model?',
      },
    ]);
  }
  const version = await checkVersion(files, job.folder, job.expected, survey, digested);
  const found = {
    folder: job.folder,
    manifestFile: job.manifestFile,
    kind: 'passmuster' as const,
    same: digested,
    differences,
    allowed,
    ...(version && { version }),
  };
  if (differences.length > 0 || version?.matches === false)
    return { ...found, written: 'not written' };
  const text = manifestText(digested);
  if (text === earlier) return { ...found, written: 'unchanged' };
  signal.throwIfAborted();
  await files.write(job.manifestFile, text);
  return { ...found, written: earlier === undefined ? 'new' : 'replaced' };
}
