import { createHash } from 'node:crypto';
import { InputError, type Problem } from '../errors.ts';
import type { Files, FoundFile } from '../files.ts';
import { compileGlobs } from '../globs.ts';
import type { Progress } from '../progress.ts';
import { quotable } from '../quote.ts';

export interface EvaluationFile {
  /** Relative to the folder that the run is in. */
  readonly path: string;
  /** Of its bytes, `sha256:…`. */
  readonly digest: string;
}

export interface ReadEvaluation extends EvaluationFile {
  readonly bytes: Uint8Array;
}

/** Larger ones hold samples, not results. */
const MOST_EVALUATION_BYTES = 64 * 1024 * 1024;

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

/** `from` names who gives the pattern: an input, or a key of the policy. */
export const nothingFits = (pattern: string, from: string): Problem => ({
  message: `No file fits the pattern "${quotable(pattern)}" of ${from}.`,
  hint: 'Was the evaluation run before this, in the same folder?',
});

const unread = (path: string, reason: string): Problem => ({
  message: `The evaluation file "${quotable(path)}" ${reason}.`,
});

interface Matching {
  readonly found: readonly FoundFile[];
  /** Patterns that nothing fits, not even what is refused. */
  readonly unfit: readonly string[];
  readonly refused: readonly Problem[];
}

/** The files that the patterns mean, in one walk for all of them. */
async function matching(
  patterns: readonly string[],
  { files, signal }: Omit<Ports, 'progress'>,
): Promise<Matching> {
  const each = patterns.map((pattern) => ({
    pattern,
    fits: compileGlobs([pattern]),
    part: fixedPart(pattern),
  }));
  const survey = await files.survey('.', skipperFor(patterns), signal);
  const found = survey.files.filter(({ path }) => each.some(({ fits }) => fits(path)));
  // A folder that is refused hides all that lies in it.
  const hidden = (one: (typeof each)[number]) =>
    survey.refused.filter(({ path }) => one.fits(path) || (one.part && below(one.part, path)));
  const refused = new Map(each.flatMap(hidden).map(({ path, reason }) => [path, reason]));
  return {
    found,
    unfit: each
      .filter((one) => hidden(one).length === 0 && !found.some(({ path }) => one.fits(path)))
      .map(({ pattern }) => pattern),
    refused: Array.from(refused, ([path, reason]) => unread(path, reason)),
  };
}

/** The files that the patterns mean, with their digests. */
export async function evaluationFiles(
  patterns: readonly string[],
  { files, progress, signal }: Ports,
): Promise<EvaluationFile[]> {
  if (patterns.length === 0) return [];
  const { found, unfit, refused } = await matching(patterns, { files, signal });
  const problems = [...unfit.map((one) => nothingFits(one, '`evaluations`')), ...refused];
  if (problems.length > 0) throw new InputError(problems);
  const digests = await files.digest('.', found, { algorithms: ['sha256'], progress, signal });
  return found.map(({ path }, index) => {
    const digest = digests[index] ?? { refused: 'was not read' };
    if ('refused' in digest) throw new InputError([unread(path, digest.refused)]);
    return { path, digest: `sha256:${digest.sha256}` };
  });
}

interface ReadEvaluations {
  readonly files: readonly ReadEvaluation[];
  readonly unfit: readonly string[];
  /** What cannot be read. */
  readonly refused: readonly Problem[];
}

/** The files that the patterns mean, with what stands in them: the digest is of the very bytes. */
export async function readEvaluationFiles(
  patterns: readonly string[],
  { files, signal }: Omit<Ports, 'progress'>,
): Promise<ReadEvaluations> {
  if (patterns.length === 0) return { files: [], unfit: [], refused: [] };
  const { found, unfit, refused } = await matching(patterns, { files, signal });
  const read: ReadEvaluation[] = [];
  const problems = [...refused];
  for (const file of found) {
    signal.throwIfAborted();
    const bytes = await files.readFound('.', file, MOST_EVALUATION_BYTES);
    if ('refused' in bytes) {
      problems.push(unread(file.path, bytes.refused));
      continue;
    }
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    read.push({ path: file.path, digest, bytes });
  }
  return { files: read, unfit, refused: problems };
}
