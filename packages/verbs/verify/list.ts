import { InputError } from '@passmuster/core/errors.ts';
import type { Survey } from '@passmuster/core/files.ts';
import type { Difference } from '@passmuster/core/manifest/compare.ts';
import type { DigestedFile } from '@passmuster/core/manifest/entry.ts';
import type { Findings } from './findings.ts';
import type { Job } from './job.ts';
import { withoutMoved } from './moved.ts';
import { checkVersion } from './version.ts';

/** What a run that was killed, or one that is under way, has of a manifest that is not whole yet. */
const UNFINISHED = /(^|\/)\.passmuster-[0-9a-f]{16}\.tmp$/;
const LEFT =
  'is part of a manifest that was being written; remove it, unless another run is writing now';

interface Digesting {
  readonly same: readonly DigestedFile[];
  readonly differences: readonly Difference[];
  readonly allowed: number;
}

async function digestFolder(job: Job, survey: Survey): Promise<Digesting> {
  const { files: port, progress, signal } = job.ports;
  const files = survey.files.filter(({ path }) => !job.allowed(path));
  const unfinished = files.filter(({ path }) => UNFINISHED.test(path));
  const refused = survey.refused.filter(({ path }) => !job.allowed(path));
  const allowed = survey.files.length + survey.refused.length - files.length - refused.length;
  const differences = [
    ...refused.map((each): Difference => ({ what: 'refused', ...each })),
    ...unfinished.map(({ path }): Difference => ({ what: 'refused', path, reason: LEFT })),
  ];
  // With something in the folder that cannot be listed there will be no manifest: say so without the wait.
  if (differences.length > 0) return { same: [], differences, allowed };
  const digests = await port.digest(job.folder, files, {
    algorithms: ['sha256'],
    progress,
    signal,
  });
  const same: DigestedFile[] = [];
  for (const [index, { path, size }] of files.entries()) {
    const digest = digests[index] ?? { refused: 'was not read' };
    if ('refused' in digest) differences.push({ what: 'refused', path, reason: digest.refused });
    else same.push({ path, size, sha256: digest.sha256 });
  }
  return { same, differences, allowed };
}

/** What a manifest of the folder would list, without writing it. */
export async function list(job: Job): Promise<Findings> {
  const { files, signal } = job.ports;
  const survey = await files.survey(job.folder, job.skip, signal);
  const { allowed, ...digested } = await digestFolder(job, survey);
  if (digested.same.length === 0 && digested.differences.length === 0) {
    throw new InputError([
      {
        message: `There is no file to list in ${job.folder}.`,
        hint: 'Is `path` the folder that holds the model?',
      },
    ]);
  }
  const version = await checkVersion(files, job.folder, job.expected, survey);
  const look = { survey, skip: job.skip, ignored: job.allowed };
  const { same, differences } = await withoutMoved(job, look, digested);
  return {
    folder: job.folder,
    manifestFile: job.manifestFile,
    kind: 'passmuster',
    same,
    differences,
    allowed,
    ...(version && { version }),
  };
}
