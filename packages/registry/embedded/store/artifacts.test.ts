import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../../test/rounds.ts';
import { Refusal } from '../refusal.ts';
import { database } from '../registry.fixture.ts';
import {
  artifactPath,
  deleteArtifacts,
  listArtifacts,
  readArtifact,
  writeArtifact,
} from './artifacts.ts';

test.each([
  ['a', 'a'],
  ['a//b/', 'a/b'],
  ['a b/é', 'a b/é'],
  ['a..b', 'a..b'],
])('%j is the path %j', (path, clear) => {
  expect(artifactPath(path)).toBe(clear);
});

test.each(['..', 'a/../b', '.', './a', '/a', 'a\\b', 'C:a', 'a%2f..%2fb', 'a\0', '%252e%252e/x'])(
  '%j leads elsewhere',
  (path) => {
    expect(() => artifactPath(path)).toThrow(Refusal);
  },
);

const STEP = fc.constantFrom('a', 'b', 'a0', 'a-', 'a.b', 'é', '\u{1f600}', 'z');
const PATH = fc.array(STEP, { minLength: 1, maxLength: 4 }).map((steps) => steps.join('/'));

test('a list of a folder is what is directly in it', async () => {
  const db = await database();
  fc.assert(
    fc.property(fc.array(PATH, { maxLength: 12 }), PATH, (paths, folder) => {
      db.run('DELETE FROM artifacts');
      const written = new Set<string>();
      for (const path of paths) {
        try {
          writeArtifact(db, path, Buffer.from(path));
          written.add(path);
        } catch (error) {
          // A file where a folder is, or the other way round.
          expect(error).toBeInstanceOf(Refusal);
        }
      }
      for (const at of ['', folder]) {
        const prefix = at === '' ? '' : `${at}/`;
        const below = [...written].filter((path) => path.startsWith(prefix));
        const names = new Set(below.map((path) => path.slice(prefix.length).split('/')[0]));
        const listed = listArtifacts(db, at);
        expect(listed.map(({ name }) => name).sort()).toEqual([...names].sort());
        for (const { name, size } of listed) {
          expect(size !== undefined).toBe(written.has(`${prefix}${name}`));
        }
      }
      for (const path of written)
        expect(readArtifact(db, path)).toEqual(new Uint8Array(Buffer.from(path)));
      deleteArtifacts(db, folder);
      const left = [...written].filter((path) => path !== folder && !path.startsWith(`${folder}/`));
      expect(db.one('SELECT count(*) AS n FROM artifacts')).toEqual({ n: left.length });
    }),
    rounds(1000),
  );
});
