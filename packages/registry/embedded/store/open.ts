import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '@passmuster/core/errors.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { likeness } from '../search/like.ts';
import { Database, isBusy } from './database.ts';
import { APPLICATION, creation, SCHEMA_VERSION } from './schema.ts';
import { loadSqlite } from './sqlite.ts';

/** How long SQLite itself waits for another writer; it stops the whole process meanwhile. */
const WAITED_IN_PLACE_MS = 25;

/** How often a file is tried that others are creating or writing. */
const MOST_TRIES = 200;
const BETWEEN_TRIES_MS = 50;

const NOT_A_DATABASE = 26;
const CANNOT_OPEN = 14;

const numberIn = (sqlite: DatabaseSync, sql: string): number =>
  Number(Object.values(sqlite.prepare(sql).get() ?? {})[0]);

function refuse(file: string, found: string, hint: string): never {
  throw new InputError([{ message: `"${quotable(file)}" is ${found}.`, hint }]);
}

/** Whether it is a registry; an empty file is none yet, and anything else is refused. */
function isRegistry(sqlite: DatabaseSync, file: string): boolean {
  if (numberIn(sqlite, 'PRAGMA application_id') !== APPLICATION) {
    if (numberIn(sqlite, 'SELECT count(*) FROM sqlite_schema') === 0) return false;
    const hint = 'Name another file; one that is not there yet is created.';
    return refuse(file, 'a database of another program, not a registry', hint);
  }
  const version = numberIn(sqlite, 'PRAGMA user_version');
  if (version === SCHEMA_VERSION) return true;
  const found = `a registry of version ${version}; this program knows version ${SCHEMA_VERSION}`;
  return refuse(file, found, 'Use the passmuster that wrote it, or a newer one.');
}

function create(sqlite: DatabaseSync, file: string): void {
  sqlite.exec('BEGIN IMMEDIATE');
  // Another process may have been faster.
  if (!isRegistry(sqlite, file)) sqlite.exec(creation(Date.now()));
  sqlite.exec('COMMIT');
}

function setUp(sqlite: DatabaseSync, file: string): void {
  const isNew = !isRegistry(sqlite, file);
  // Readers go on while another writes; and an answered write is on the disk, not on its way.
  sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  if (isNew) create(sqlite, file);
  sqlite.exec('PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF');
  for (const [name, matches] of Object.entries(likeness)) {
    sqlite.function(name, { deterministic: true }, (text, pattern) =>
      Number(matches(String(text), String(pattern))),
    );
  }
}

function explained(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  const why =
    code === NOT_A_DATABASE
      ? 'is no registry: SQLite does not know this kind of file'
      : code === CANNOT_OPEN
        ? 'cannot be opened or created'
        : isBusy(error)
          ? 'is being written by another process that does not come to an end'
          : code !== undefined
            ? `cannot be used as a registry (SQLite says ${code})`
            : undefined;
  if (why === undefined) return error;
  const hint = 'Its folder must be there and writable; a file that is not there yet is created.';
  return new InputError([{ message: `"${quotable(file)}" ${why}.`, hint }], { cause: error });
}

/** Opens the registry of a file, or creates it. Several processes may have it open. */
export async function openDatabase(file: string): Promise<Database> {
  const { DatabaseSync } = await loadSqlite();
  for (let tries = 1; ; tries++) {
    let sqlite: DatabaseSync | undefined;
    try {
      sqlite = new DatabaseSync(file, { timeout: WAITED_IN_PLACE_MS });
      setUp(sqlite, file);
      return new Database(sqlite);
    } catch (error) {
      sqlite?.close();
      if (!isBusy(error) || tries >= MOST_TRIES) throw explained(error, file);
      await sleep(BETWEEN_TRIES_MS * Math.random());
    }
  }
}
