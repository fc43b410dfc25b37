import { expect, test } from 'vitest';
import { database } from '../registry.fixture.ts';
import type { Database } from '../store/database.ts';
import { createModel } from '../store/models.ts';
import { createVersion } from '../store/versions.ts';
import { searchVersions } from './versions.ts';

/** How SQLite goes about a search. */
function planOf(db: Database, filter: string): string {
  const details: string[] = [];
  const watched = Object.create(db) as Database;
  watched.one = (sql, ...values) => db.one(sql, ...values);
  watched.all = <Row>(sql: string, ...values: (string | number)[]): Row[] => {
    const plan = db.all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values);
    details.push(...plan.map(({ detail }) => detail));
    return db.all<Row>(sql, ...values);
  };
  searchVersions(watched, { filter, orderBy: [], size: 10, token: undefined });
  return details.join('\n');
}

async function filled(): Promise<Database> {
  const db = await database();
  const storage = 's3://b/x';
  db.write(() => {
    createModel(db, { name: 'm', description: '', tags: [] });
    for (let number = 1; number <= 500; number++) {
      const state = number === 400 ? 'open' : 'done';
      const tags = [
        { key: 'state', value: state },
        { key: 'queue', value: 'moves' },
      ];
      const more = { storage, runId: '', runLink: '', description: '', tags };
      createVersion(db, { name: 'm', source: storage, ...more });
    }
  });
  return db;
}

test('a tag with a value is looked up, not looked for', async () => {
  const db = await filled();
  for (const filter of [
    "name = 'm' AND tags.state = 'open'",
    "name = 'm' AND tags.queue = 'moves' AND tags.state = 'open'",
    "tags.state = 'open'",
  ]) {
    const plan = planOf(db, filter);
    expect(plan).toMatch(/SEARCH v USING INDEX \S+ \(model=\? AND number=\?\)/);
    expect(plan).toContain('SEARCH k USING INDEX version_tags_by_value');
    expect(plan).not.toMatch(/^SCAN/m);
    const search = { filter, orderBy: [], size: 10, token: undefined };
    expect(searchVersions(db, search).rows.map(({ number }) => number)).toEqual([400]);
  }
});

test('long values that begin alike are told apart', async () => {
  const db = await filled();
  const long = 'x'.repeat(100);
  db.run("UPDATE version_tags SET value = ? WHERE key = 'state' AND number = 1", `${long}1`);
  db.run("UPDATE version_tags SET value = ? WHERE key = 'state' AND number = 2", `${long}2`);
  const filter = `tags.state = '${long}1'`;
  const { rows } = searchVersions(db, { filter, orderBy: [], size: 10, token: undefined });
  expect(rows.map(({ number }) => number)).toEqual([1]);
});
