import { expect, test } from 'vitest';
import type { Digested, Survey } from '../files.ts';
import { compareContents, pair } from './compare.ts';
import type { Manifest } from './entry.ts';

const found = (path: string, size: number) => ({ path, size, identity: path });
const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

const manifest: Manifest = {
  kind: 'passmuster',
  whole: true,
  entries: [
    { path: 'same', size: 1, sha256: A },
    { path: 'changed', size: 1, sha256: A },
    { path: 'longer', size: 1, sha256: A },
    { path: 'gone', size: 1, sha256: A },
    { path: 'link', size: 1, sha256: A },
    { path: 'moving', size: 1, sha256: A },
  ],
};
const survey: Survey = {
  files: [
    found('changed', 1),
    found('extra', 9),
    found('longer', 2),
    found('moving', 1),
    found('notes.md', 5),
    found('same', 1),
  ],
  refused: [
    { path: 'link', reason: 'leads out' },
    { path: 'pipe', reason: 'is a pipe' },
    { path: 'cache.md', reason: 'leads out' },
  ],
};

test('each difference is named once, and only what may be the same is read', () => {
  const pairing = pair(manifest, survey, (path) => path.endsWith('.md'));
  expect(pairing.candidates.map(({ file }) => file.path)).toEqual(['changed', 'moving', 'same']);
  expect(pairing.allowed).toBe(2);
  expect(pairing.differences).toEqual([
    { what: 'refused', path: 'link', reason: 'leads out' },
    { what: 'refused', path: 'pipe', reason: 'is a pipe' },
    { what: 'extra', path: 'extra', found: { size: 9 } },
    { what: 'changed', path: 'longer', expected: { size: 1, sha256: A }, found: { size: 2 } },
    { what: 'missing', path: 'gone', expected: { size: 1, sha256: A } },
  ]);
  const digests: Digested[] = [
    { sha256: B },
    { refused: 'changed while it was read' },
    { sha256: A },
  ];
  expect(compareContents(pairing, digests)).toEqual({
    same: [{ path: 'same', size: 1, sha256: A }],
    differences: [
      {
        what: 'changed',
        path: 'changed',
        expected: { size: 1, sha256: A },
        found: { size: 1, sha256: B },
      },
      { what: 'refused', path: 'moving', reason: 'changed while it was read' },
    ],
  });
});

test('a listed file that may not be read is no allowed extra', () => {
  const { differences } = pair(
    manifest,
    { files: [], refused: [{ path: 'link', reason: 'r' }] },
    () => true,
  );
  expect(differences[0]).toEqual({ what: 'refused', path: 'link', reason: 'r' });
});

test('a manifest of one file says nothing of the others', () => {
  const one: Manifest = {
    kind: 'dvc',
    whole: false,
    entries: [{ path: 'm', md5: 'c'.repeat(32) }],
  };
  const pairing = pair(
    one,
    { files: [found('m', 1), found('other', 1)], refused: [] },
    () => false,
  );
  expect(pairing.differences).toEqual([]);
  expect(compareContents(pairing, [{ sha256: A, md5: 'c'.repeat(32) }]).same).toHaveLength(1);
  expect(compareContents(pairing, [{ sha256: A, md5: 'd'.repeat(32) }]).same).toHaveLength(0);
  expect(compareContents(pairing, [{ sha256: A }]).same).toHaveLength(0);
  expect(compareContents(pairing, []).differences[0]?.what).toBe('refused');
});
