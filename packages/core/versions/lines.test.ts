import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { readDatasets } from './datasets.ts';
import { readTags } from './tags.ts';

const SHA = `sha256:${'a'.repeat(64)}`;
const MD5 = `md5:${'b'.repeat(32)}`;

test('data sets', () => {
  const lines = [`wiki, 2024-11, ${SHA}`, `chats of May,v3,${MD5}`, `mails , 1 , ${MD5}.dir`];
  expect(readDatasets(lines)).toEqual({
    value: [
      { name: 'wiki', version: '2024-11', digest: SHA },
      { name: 'chats of May', version: 'v3', digest: MD5 },
      { name: 'mails', version: '1', digest: `${MD5}.dir` },
    ],
  });
  expect(readDatasets([])).toEqual({ value: [] });
});

const messages = (read: ReturnType<typeof readTags> | ReturnType<typeof readDatasets>) =>
  'problems' in read ? read.problems.map(({ message }) => message) : [];

test.each([
  ['wiki', /^Line 1 of `datasets` \("wiki"\) has 1 part between commas; expected 3\.$/],
  [`a, b, c, ${SHA}`, /has 4 parts/],
  [`, 1, ${SHA}`, /has no name/],
  [`wiki,, ${SHA}`, /has no version/],
  ['wiki, 1,', /no digest as its third part/],
  ['wiki, 1, abc', /starts with `sha256:` or `md5:`/],
  [`wiki, 1, sha1:${'a'.repeat(40)}`, /starts with `sha256:` or `md5:`/],
  [`wiki, 1, ${SHA}.dir`, /starts with `sha256:`/],
  [`wiki, 1, ${SHA.slice(0, -1)}`, /a sha256 that has 63 hexadecimal digits/],
  [`wiki, 1, sha256:${'A'.repeat(64)}`, /capital letters/],
  [`wiki, 1, md5:${'g'.repeat(32)}`, /an md5 that is not hexadecimal/],
  [`wi\u200bki, 1, ${SHA}`, /"wi\\u\{200b\}ki, 1.*invisible character in its name/],
  [`wiki, 1\u202e, ${SHA}`, /invisible character in its version/],
  [`${'n'.repeat(501)}, 1, ${SHA}`, /name of more than 500/],
  [`wiki, ${'1'.repeat(101)}, ${SHA}`, /version of more than 100/],
])('%s is no data set', (line, problem) => {
  expect(messages(readDatasets([line]))).toEqual([expect.stringMatching(problem)]);
});

test('all that is wrong with data sets is told together, with lines', () => {
  const lines = ['x', `wiki, 1, ${SHA}`, `wiki, 1, ${MD5}`, `wiki, 2, ${SHA}`, 'y'];
  expect(messages(readDatasets(lines))).toEqual([
    expect.stringMatching(/^Line 1 /),
    expect.stringMatching(/^Line 3 .* data set and version of line 2 again/),
    expect.stringMatching(/^Line 5 /),
  ]);
  const many = Array.from({ length: 101 }, (_, index) => `d${index}, 1, ${SHA}`);
  expect(messages(readDatasets(many))).toEqual([expect.stringMatching(/^Line 101 .* than 100/)]);
  const bad = messages(readDatasets(Array.from({ length: 50 }, () => 'x')));
  expect(bad).toHaveLength(21);
  expect(bad.at(-1)).toBe('… and 30 more lines of `datasets` like these.');
});

test('tags', () => {
  const lines = ['team=nlp', 'a b/c:d-e.f = x = y ', 'équipe=', `long=${'🎉'.repeat(4500)}`];
  expect(readTags(lines)).toEqual({
    value: new Map([
      ['team', 'nlp'],
      ['a b/c:d-e.f', 'x = y'],
      ['équipe', ''],
      ['long', '🎉'.repeat(4500)],
    ]),
  });
});

test.each([
  ['team: nlp', /^Line 1 of `tags` \("team: nlp"\) has no `=`\.$/],
  ['=x', /no key/],
  ['a,b=x', /another character in its key/],
  ['a\u200b=x', /another character in its key/],
  ['passmuster.version=v1.0.0', /starts with `passmuster\.` or `mlflow\.`/],
  ['MLflow.source.name=x', /starts with `passmuster\.` or `mlflow\.`/],
  ['/a=x', /an empty name/],
  ['a//b=x', /an empty name/],
  ['a/../b=x', /`\.\.` between/],
  [`${'k'.repeat(251)}=x`, /key of more than 250/],
  [`k=${'x'.repeat(4501)}`, /value of more than 4500/],
  ['k=\ud800', /half a character/],
])('%s is no tag', (line, problem) => {
  expect(messages(readTags([line]))).toEqual([expect.stringMatching(problem)]);
});

test('a tag written another way is told how to write it', () => {
  const read = readTags(['team: nlp', 'a', 'k=1', 'k=2']);
  const problems = 'problems' in read ? read.problems : [];
  expect(problems.map(({ hint }) => hint)).toEqual([
    'Write `key=value`, for example `team=nlp`.',
    'Write `key=value`, for example `team=nlp`.',
    undefined,
  ]);
  expect(problems[2]?.message).toMatch(/^Line 4 .* given before/);
});

test('whatever the lines are, they are read or told of harmlessly', () => {
  const piece = fc.oneof(
    fc.constantFrom(',', '=', ':', '/', '..', SHA, MD5, 'passmuster.', ' ', '::error::', '\u202e'),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const line = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      for (const read of [readDatasets(lines), readTags(lines)]) {
        const said = 'problems' in read ? read.problems : [];
        for (const { message, hint = '' } of said) {
          expect(message + hint).not.toMatch(/[\p{C}\u2028\u2029]/u);
        }
      }
    }),
    rounds(3000),
  );
});
