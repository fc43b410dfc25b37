import { posix } from 'node:path';
import type { InputsOf, Surroundings } from '@passmuster/action-kit/spec/verb.ts';
import type { Files } from '@passmuster/core/files.ts';
import { compileGlobs } from '@passmuster/core/globs.ts';
import { MANIFEST, type spec } from './spec.ts';

/** What it takes to read a folder. */
export interface Reading {
  readonly files: Files;
  readonly progress: Surroundings['progress'];
  readonly signal: AbortSignal;
}

/** The inputs, with what follows from them. */
export interface Job {
  readonly ports: Reading;
  readonly folder: string;
  readonly manifestFile: string;
  /** Where the manifest stands in the folder, if it does. */
  readonly manifestPath: string | undefined;
  readonly expected: InputsOf<typeof spec>['expect-version'];
  /** What is no part of the model wherever it stands: manifests of ours, and what Git keeps. */
  readonly skip: (path: string) => boolean;
  readonly allowed: (path: string) => boolean;
}

type Asked = Pick<InputsOf<typeof spec>, 'path'> &
  Partial<Pick<InputsOf<typeof spec>, 'manifest' | 'expect-version' | 'allow-extra'>>;

/** What Git keeps beside a model is no part of it; OpenSSF Model Signing leaves out the same. */
const GIT = new Set(['.git', '.gitattributes', '.github', '.gitignore']);

/** The job, and a set that will hold what was not looked at. */
export async function jobFor(
  asked: Asked,
  ports: Reading,
): Promise<{ job: Job; skipped: ReadonlySet<string> }> {
  const manifestFile = asked.manifest ?? posix.join(asked.path, MANIFEST);
  const manifestPath = await ports.files.within(asked.path, manifestFile);
  const skipped = new Set<string>();
  const job: Job = {
    ports,
    folder: asked.path,
    manifestFile,
    manifestPath,
    expected: asked['expect-version'],
    skip: (path) => {
      if (GIT.has(path)) skipped.add(path);
      return GIT.has(path) || path === MANIFEST || path === manifestPath;
    },
    allowed: compileGlobs(asked['allow-extra'] ?? []),
  };
  return { job, skipped };
}
