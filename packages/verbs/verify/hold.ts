import { posix } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import type { Files, FoundFile } from '@passmuster/core/files.ts';
import { compareContents, pair } from '@passmuster/core/manifest/compare.ts';
import type { Manifest } from '@passmuster/core/manifest/entry.ts';
import type { Findings } from './findings.ts';
import type { Job } from './job.ts';
import { withoutMoved } from './moved.ts';
import { needManifest } from './read-manifest.ts';
import { checkVersion, VERSION_FILE } from './version.ts';

function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = posix.dirname(path); at !== '.' && !folders.has(at); at = posix.dirname(at)) {
      folders.add(at);
    }
  }
  return folders;
}

/** What of the folder is not looked at: what the job skips, and all else when a manifest speaks of one file. */
function skipper(
  job: Job,
  manifest: Manifest,
  listed: ReadonlySet<string>,
): (path: string) => boolean {
  const onTheWay = foldersOf(listed);
  return (path) => {
    if (listed.has(path) || onTheWay.has(path)) return false;
    if (manifest.whole) return job.skip(path);
    return job.expected === undefined || path !== VERSION_FILE;
  };
}

const digestAll = (job: Job, files: readonly FoundFile[], { kind }: Manifest) =>
  job.ports.files.digest(job.folder, files, {
    algorithms: kind === 'dvc' ? ['sha256', 'md5'] : ['sha256'],
    progress: job.ports.progress,
    signal: job.ports.signal,
  });

function refuseSelf({ manifestFile, manifestPath }: Job, listed: ReadonlySet<string>): void {
  if (manifestPath === undefined || !listed.has(manifestPath)) return;
  throw new InputError([
    {
      message: `${manifestFile} lists itself, and no list can hold its own digest.`,
      hint: 'Take that line out of it.',
    },
  ]);
}

/** Holds the folder against its manifest. */
export async function hold(job: Job): Promise<Findings> {
  const files: Files = job.ports.files;
  const manifest = await needManifest(files, job.manifestFile);
  const listed = new Set(manifest.entries.map(({ path }) => path));
  refuseSelf(job, listed);
  const skip = skipper(job, manifest, listed);
  const survey = await files.survey(job.folder, skip, job.ports.signal);
  const pairing = pair(manifest, survey, job.allowed);
  const candidates = pairing.candidates.map(({ file }) => file);
  const contents = compareContents(pairing, await digestAll(job, candidates, manifest));
  const version = await checkVersion(files, job.folder, job.expected, survey);
  const { same, differences } = await withoutMoved(
    job,
    { survey, skip, ignored: (path) => !listed.has(path) && job.allowed(path) },
    { same: contents.same, differences: [...pairing.differences, ...contents.differences] },
  );
  return {
    folder: job.folder,
    manifestFile: job.manifestFile,
    kind: manifest.kind,
    same,
    differences,
    allowed: pairing.allowed,
    ...(version && { version }),
    ...(manifest.note && { note: manifest.note }),
  };
}
