import { expect, test } from 'vitest';
import { InputError } from '../errors.ts';
import { parseDvc } from './dvc.ts';

const MD5 = 'c'.repeat(32);
const GOOD = `outs:\n- md5: ${MD5}\n  size: 7\n  hash: md5\n  path: model.bin\n`;

const problemOf = (text: string) => {
  try {
    parseDvc(text, 'model.bin.dvc');
  } catch (error) {
    if (error instanceof InputError) return error.problems[0];
    throw error;
  }
  return undefined;
};

test('the one file that it tracks', () => {
  expect(parseDvc(GOOD, 'f')).toEqual({
    kind: 'dvc',
    whole: false,
    entries: [{ path: 'model.bin', md5: MD5, size: 7 }],
  });
});

test('other keys of DVC are no concern of ours', () => {
  const imported = `deps:\n- path: https://example.com/m\nfrozen: true\nmeta: {owner: me}\n${GOOD}`;
  expect(parseDvc(imported, 'f').entries).toHaveLength(1);
});

test('a file of DVC 2 comes with what may be wrong with it', () => {
  expect(parseDvc(GOOD.replace('  hash: md5\n', ''), 'f').note).toMatch(/DVC 2/);
});

test.each<[string, string, RegExp]>([
  ['no YAML', 'outs: [', /YAML/],
  ['nothing', '', /empty/],
  ['a list', '- a', /no \.dvc file/],
  ['no outs', 'deps: []', /exactly one output/],
  ['two outs', `${GOOD}- md5: ${MD5}\n  path: b\n`, /exactly one output/],
  ['a folder', GOOD.replace(MD5, `${MD5}.dir`), /tracks a folder/],
  ['another hash', GOOD.replace('hash: md5', 'hash: sha256'), /`hash` must be md5/],
  ['no path', GOOD.replace('path: model.bin', 'desc: x'), /`path`/],
  ['no md5', GOOD.replace('md5: c', 'etag: c'), /`md5`/],
  ['a short md5', GOOD.replace(MD5, 'abc'), /3 hexadecimal digits; it must have 32/],
  ['capitals', GOOD.replace(MD5, MD5.toUpperCase()), /capital/],
  ['a size as text', GOOD.replace('size: 7', 'size: "7"'), /`size`/],
  ['a path that leads out', GOOD.replace('model.bin', '../model.bin'), /refused/],
  ['another folder', `wdir: ..\n${GOOD}`, /wdir/],
  ['a key twice', GOOD.replace('  size: 7\n', '  size: 7\n  size: 8\n'), /written twice/],
])('refused, with its place: %s', (_, text, message) => {
  const problem = problemOf(text);
  expect(problem?.message).toMatch(message);
  expect(problem?.place?.file).toBe('model.bin.dvc');
});
