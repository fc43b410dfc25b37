import { InputError, type Problem } from '../errors.ts';
import type { Files } from '../files.ts';
import { compileGlobs } from '../globs.ts';
import type { Progress } from '../progress.ts';
import { quotable } from '../quote.ts';

export interface EvaluationFile {
  /** Relative to the folder that the run is in. */
  readonly path: string;
  /** Of its bytes, `sha256:…`. */
  readonly digest: string;
}

interface Ports {
  readonly files: Files;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Nobody keeps evaluations there, and a walk through them takes long. */
const NEVER = new Set(['.git', 'node_modules']);

/** The folders that every match of the pattern lies in. */
function fixedPart(pattern: string): string {
  const names = pattern.split('/').slice(0, -1);
  const wild = names.findIndex((name) => /[*?[]/.test(name));
  return (wild === -1 ? names : names.slice(0, wild)).join('/');
}

const below = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);

function skipperFor(patterns: readonly string[]): (path: string) => boolean {
  const parts = patterns.map(fixedPart);
  return (path) => NEVER.has(path) || !parts.some((part) => below(path, part) || below(part, path));
}

const nothingFits = (pattern: string): Problem => ({
  message: `No file fits the pattern "${quotable(pattern)}" of \`evaluations\`.`,
  hint: 'Was the evaluation run before this, in the same folder?',
});

/** The files that the patterns mean, with their digests; a pattern that means none is an error. */
export async function evaluationFiles(
  patterns: readonly string[],
  { files, progress, signal }: Ports,
): Promise<EvaluationFile[]> {
  if (patterns.length === 0) return [];
  const fits = compileGlobs(patterns);
  const survey = await files.survey('.', skipperFor(patterns), signal);
  const found = survey.files.filter(({ path }) => fits(path));
  const unfit = patterns.filter(
    (pattern) => !found.some(({ path }) => compileGlobs([pattern])(path)),
  );
  const problems = unfit.map(nothingFits);
  for (const { path, reason } of survey.refused.filter(({ path }) => fits(path))) {
    problems.push({ message: `The evaluation file "${quotable(path)}" ${reason}.` });
  }
  if (problems.length > 0) throw new InputError(problems);
  const digests = await files.digest('.', found, { algorithms: ['sha256'], progress, signal });
  return found.map(({ path }, index) => {
    const digest = digests[index] ?? { refused: 'was not read' };
    if ('refused' in digest) {
      throw new InputError(`The evaluation file "${quotable(path)}" ${digest.refused}.`);
    }
    return { path, digest: `sha256:${digest.sha256}` };
  });
}
