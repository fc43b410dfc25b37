import type { Digested, FoundFile, Survey } from '../files.ts';
import type { DigestedFile, Entry, Manifest } from './entry.ts';

export interface Difference {
  readonly what: 'changed' | 'missing' | 'extra' | 'refused';
  readonly path: string;
  readonly expected?: Omit<Entry, 'path'>;
  readonly found?: Omit<Entry, 'path'>;
  /** Why a file was not read. */
  readonly reason?: string;
}

export interface Pairing {
  /** Files that may be the ones listed: only their content can tell. */
  readonly candidates: readonly { readonly file: FoundFile; readonly entry: Entry }[];
  readonly differences: readonly Difference[];
  readonly allowed: number;
}

const facts = ({ path: _, ...rest }: Entry): Omit<Entry, 'path'> => rest;

/** What can be said without reading a file. */
export function pair(
  manifest: Manifest,
  survey: Survey,
  allowed: (path: string) => boolean,
): Pairing {
  const entries = new Map(manifest.entries.map((entry) => [entry.path, entry]));
  const differences: Difference[] = [];
  const candidates: { file: FoundFile; entry: Entry }[] = [];
  let allowedFiles = 0;
  for (const { path, reason } of survey.refused) {
    if (!entries.delete(path) && allowed(path)) allowedFiles++;
    else differences.push({ what: 'refused', path, reason });
  }
  for (const file of survey.files) {
    const entry = entries.get(file.path);
    entries.delete(file.path);
    if (entry === undefined) {
      if (!manifest.whole) continue;
      if (allowed(file.path)) allowedFiles++;
      else differences.push({ what: 'extra', path: file.path, found: { size: file.size } });
    } else if (entry.size !== undefined && entry.size !== file.size) {
      const found = { size: file.size };
      differences.push({ what: 'changed', path: file.path, expected: facts(entry), found });
    } else candidates.push({ file, entry });
  }
  for (const entry of entries.values()) {
    differences.push({ what: 'missing', path: entry.path, expected: facts(entry) });
  }
  return { candidates, differences, allowed: allowedFiles };
}

export interface Comparison {
  readonly same: readonly DigestedFile[];
  readonly differences: readonly Difference[];
}

/** What only the contents can tell. The digests stand in the order of the candidates. */
export function compareContents({ candidates }: Pairing, digests: readonly Digested[]): Comparison {
  const same: DigestedFile[] = [];
  const differences: Difference[] = [];
  for (const [index, { file, entry }] of candidates.entries()) {
    const { path, size } = file;
    const digest = digests[index] ?? { refused: 'was not read' };
    if ('refused' in digest) {
      differences.push({ what: 'refused', path, reason: digest.refused });
    } else if (
      (entry.sha256 ?? digest.sha256) === digest.sha256 &&
      (entry.md5 ?? digest.md5) === digest.md5
    ) {
      same.push({ path, size, sha256: digest.sha256 });
    } else {
      const found = { size, ...digest };
      differences.push({ what: 'changed', path, expected: facts(entry), found });
    }
  }
  return { same, differences };
}
