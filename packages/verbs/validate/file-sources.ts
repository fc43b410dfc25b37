import { posix } from 'node:path';
import { InputError, type Problem } from '@passmuster/core/errors.ts';
import {
  nothingFits,
  type ReadEvaluation,
  readEvaluationFiles,
} from '@passmuster/core/evidence/evaluation-files.ts';
import { type Source, sourceText } from '@passmuster/core/evidence/evidence.ts';
import type { NamedVersion } from '@passmuster/core/evidence/measured.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Ports } from './ports.ts';
import type { Found } from './version-sources.ts';

/** The files that somebody means. */
export interface Wanted {
  readonly patterns: readonly string[];
  /** Who names them, as a message says it: an input, or a key of the policy. */
  readonly from: string;
  /** Whether they may be elsewhere than in this job, so that a pattern without a file is only remarked. */
  readonly mayBeElsewhere?: boolean;
}

type UnboundOf = (file: ReadEvaluation, names?: NamedVersion) => string | undefined;

interface Listed {
  readonly files: readonly ReadEvaluation[];
  readonly problems: readonly Problem[];
  readonly remarks: readonly string[];
}

/** Runs all, and collects what is wrong with the input of any. */
async function collecting<T, R>(
  items: readonly T[],
  problems: Problem[],
  run: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) {
    try {
      results.push(await run(item));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  return results;
}

/** A remark that does not name its file is of no use beside those of others. */
const remarksIn = ({ origin, reading }: Source): string[] =>
  reading.remarks.map((remark) => `${sourceText(origin)}: ${remark}`);

/** A name that is looked for is no pattern, whatever stands in it. */
const exactly = (path: string): string => path.replace(/[*?[{}]/g, '[$&]');

const liesOutside = (path: string): boolean =>
  path === '..' || path.startsWith('../') || path.startsWith('/');

/** What lists of metrics files name, however many there are, in one walk. */
async function alsoListed(lists: readonly ReadEvaluation[], ports: Ports): Promise<Listed> {
  const problems: Problem[] = [];
  const remarks: string[] = [];
  const wanted = new Map<string, string>();
  await collecting(lists, problems, async ({ bytes, path: list }) => {
    const { paths, templates } = await ports.metricsListed(bytes, list);
    const listing = (path: string) => `${quotable(list)} lists ${quotable(path)}`;
    for (const path of templates) remarks.push(`${listing(path)}, which only DVC can fill in.`);
    for (const written of paths) {
      const path = posix.normalize(posix.join(posix.dirname(list), written));
      if (liesOutside(path)) remarks.push(`${listing(path)}, which lies outside of here.`);
      else wanted.set(exactly(path), listing(path));
    }
  });
  const { files, unfit, refused } = await readEvaluationFiles([...wanted.keys()], ports);
  for (const pattern of unfit) {
    const message = `${wanted.get(pattern)}, which is not there.`;
    problems.push({ message, hint: 'Was the pipeline run before this, in the same folder?' });
  }
  return { files, problems: [...problems, ...refused], remarks };
}

/** A `dvc.yaml` holds no metrics, but says which files do. */
const isList = ({ path }: ReadEvaluation): boolean => posix.basename(path) === 'dvc.yaml';

async function listed(wanted: Wanted, ports: Ports): Promise<Listed> {
  const { patterns, from, mayBeElsewhere } = wanted;
  const { files, unfit, refused } = await readEvaluationFiles(patterns, ports);
  const missing = unfit.map((pattern) => nothingFits(pattern, from));
  const more = await alsoListed(files.filter(isList), ports);
  const all = [...files.filter((file) => !isList(file)), ...more.files];
  return {
    files: [...new Map(all.map((file) => [file.path, file])).values()],
    problems: [...(mayBeElsewhere ? [] : missing), ...refused, ...more.problems],
    remarks: [...(mayBeElsewhere ? missing.map(({ message }) => message) : []), ...more.remarks],
  };
}

/** What the files of one side say; all that are missing or broken are told together. */
export async function fileSources(
  wanted: Wanted,
  unboundOf: UnboundOf,
  ports: Ports,
): Promise<Found> {
  const { files, remarks, ...of } = await listed(wanted, ports);
  const problems = [...of.problems];
  const sources = await collecting(files, problems, async (file): Promise<Source> => {
    const { path, digest } = file;
    const reading = await ports.readEvaluation(file.bytes, { path, digest });
    const unbound = unboundOf(file, reading.names);
    const origin = { kind: 'file' as const, path, digest, at: '' };
    return { origin, reading, ...(unbound !== undefined && { unbound }) };
  });
  if (problems.length > 0) throw new InputError(problems);
  return { sources, remarks: [...remarks, ...sources.flatMap(remarksIn)] };
}
