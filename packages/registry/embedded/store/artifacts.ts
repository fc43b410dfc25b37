import { quotable } from '@passmuster/core/quote.ts';
import { unquoted } from '../checks/uris.ts';
import { invalid, missing } from '../refusal.ts';
import type { Database } from './database.ts';

/** Manifests and other small files; weights belong into a store that is made for them. */
/** Room for the largest manifest that is read. */
export const LARGEST_ARTIFACT = 32 * 1024 * 1024;

const LONGEST_PATH = 1024;

export interface ArtifactEntry {
  readonly name: string;
  /** Absent for a folder. */
  readonly size?: number;
}

/** A path without empty steps; one that leads anywhere else than down is refused. */
export function artifactPath(path: string): string {
  const clear = unquoted(path);
  const steps = clear?.split('/') ?? ['..'];
  const climbs = steps.some((step) => step === '..' || step === '.');
  const isStrange = /[\\\0]|^[A-Za-z]:/.test(clear ?? '');
  if (climbs || isStrange || path.startsWith('/') || path.length > LONGEST_PATH) {
    throw invalid('Invalid path');
  }
  return path
    .split('/')
    .filter((step) => step !== '')
    .join('/');
}

/** Below a folder, in the order of their paths: `0` is the sign after `/`. */
const BELOW = 'path >= ? AND path < ?';
const bounds = (folder: string): [string, string] => [`${folder}/`, `${folder}0`];

const isFolder = (db: Database, path: string): boolean =>
  db.one(`SELECT 1 FROM artifacts WHERE ${BELOW} LIMIT 1`, ...bounds(path)) !== undefined;

const foldersOf = (path: string): string[] =>
  [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));

export function writeArtifact(db: Database, path: string, content: Uint8Array): void {
  const isFile = 'SELECT 1 FROM artifacts WHERE path = ?';
  const inTheWay = foldersOf(path).find((folder) => db.one(isFile, folder) !== undefined);
  if (inTheWay !== undefined) throw invalid(`${quotable(inTheWay, 200)} is a file, not a folder.`);
  if (isFolder(db, path)) throw invalid(`${quotable(path, 200)} is a folder, not a file.`);
  db.run(
    'INSERT INTO artifacts (path, size, content) VALUES (?, ?, ?) ' +
      'ON CONFLICT (path) DO UPDATE SET size = excluded.size, content = excluded.content',
    path,
    content.length,
    content,
  );
}

/** The file, or that there is a folder of that name. */
export function readArtifact(db: Database, path: string): Uint8Array | 'folder' {
  const row = db.one<{ readonly content: Uint8Array }>(
    'SELECT content FROM artifacts WHERE path = ?',
    path,
  );
  if (row) return row.content;
  if (isFolder(db, path)) return 'folder';
  throw missing(`No such artifact: '${quotable(path, 200)}'`);
}

/** What is directly in a folder: from one entry to the next, past all that lies below. */
export function listArtifacts(db: Database, folder: string): ArtifactEntry[] {
  const entries: ArtifactEntry[] = [];
  const prefix = folder === '' ? '' : `${folder}/`;
  const [first, end] = folder === '' ? ['', '\u{10ffff}'] : bounds(folder);
  const sql = `SELECT path, size FROM artifacts WHERE ${BELOW} ORDER BY path LIMIT 1`;
  for (let from = first; ; ) {
    const row = db.one<{ readonly path: string; readonly size: number }>(sql, from, end);
    if (!row) return entries;
    const [name = '', ...below] = row.path.slice(prefix.length).split('/');
    entries.push(below.length === 0 ? { name, size: row.size } : { name });
    from = below.length === 0 ? `${row.path}\0` : `${prefix}${name}0`;
  }
}

export function deleteArtifacts(db: Database, path: string): void {
  db.run('DELETE FROM artifacts WHERE path = ?', path);
  db.run(`DELETE FROM artifacts WHERE ${BELOW}`, ...bounds(path));
}
