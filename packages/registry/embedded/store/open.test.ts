import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import { folder } from '../registry.fixture.ts';
import { type Database, isBusy } from './database.ts';
import { createModel, modelNamed } from './models.ts';
import { openDatabase } from './open.ts';
import { loadSqlite } from './sqlite.ts';

const model = (db: Database, name: string) =>
  db.write(() => createModel(db, { name, description: '', tags: [] }));

test('what one writes the other reads, also after it was closed', async () => {
  const file = join(await folder(), 'registry.db');
  const [one, other] = await Promise.all([openDatabase(file), openDatabase(file)]);
  model(one, 'm');
  expect(modelNamed(other, 'm')).toMatchObject({ name: 'm' });
  one.close();
  other.close();
  const again = await openDatabase(file);
  expect(modelNamed(again, 'm')).toMatchObject({ name: 'm' });
  again.close();
});

test('of eight that create it at once none fails', async () => {
  const file = join(await folder(), 'registry.db');
  const all = await Promise.all(Array.from({ length: 8 }, () => openDatabase(file)));
  expect(all[0]?.one('SELECT count(*) AS n FROM experiments')).toEqual({ n: 1 });
  for (const db of all) db.close();
});

test('every answered write is on the disk', async () => {
  const db = await openDatabase(join(await folder(), 'registry.db'));
  expect(db.one('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
  expect(db.one('PRAGMA synchronous')).toEqual({ synchronous: 2 });
  db.close();
});

test('who writes holds others off before it looks, and nobody who reads', async () => {
  const file = join(await folder(), 'registry.db');
  const [one, other] = await Promise.all([openDatabase(file), openDatabase(file)]);
  one.write(() => {
    let thrown: unknown;
    try {
      other.write(() => {});
    } catch (error) {
      thrown = error;
    }
    expect(isBusy(thrown)).toBe(true);
    expect(other.read(() => other.one('SELECT count(*) AS n FROM models'))).toEqual({ n: 0 });
  });
  other.write(() => {});
  one.close();
  other.close();
});

test('what fails halfway did not happen', async () => {
  const db = await openDatabase(join(await folder(), 'registry.db'));
  const half = () => {
    createModel(db, { name: 'm', description: '', tags: [] });
    throw new Error('halfway');
  };
  expect(() => db.write(half)).toThrow('halfway');
  expect(db.one('SELECT 1 FROM models')).toBe(undefined);
  model(db, 'm');
  db.close();
});

test('files that are no registry are left alone', async () => {
  const path = await folder();
  const text = join(path, 'text');
  await writeFile(text, 'this is not a database, and long enough to look like one'.repeat(20));
  await expect(openDatabase(text)).rejects.toThrow(/is no registry/);

  const other = join(path, 'other.db');
  const { DatabaseSync } = await loadSqlite();
  const sqlite = new DatabaseSync(other);
  sqlite.exec('CREATE TABLE t (x)');
  await expect(openDatabase(other)).rejects.toThrow(/database of another program/);
  expect(sqlite.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'delete' });
  sqlite.close();
  await expect(openDatabase(join(path, 'none', 'x.db'))).rejects.toThrow(InputError);
});

test('a newer one is not touched', async () => {
  const file = join(await folder(), 'registry.db');
  const db = await openDatabase(file);
  db.run('PRAGMA user_version = 99');
  db.close();
  await expect(openDatabase(file)).rejects.toThrow(/a registry of version 99/);
});

test('nobody hears of it that Node calls its SQLite an experiment', async () => {
  const emit = process.emitWarning;
  await loadSqlite();
  expect(process.emitWarning).toBe(emit);
});
