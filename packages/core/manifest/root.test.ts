import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelSigningDigest, rootDigest } from './root.ts';

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');

const files = [
  { path: 'a/b', size: 1, sha256: sha256('1') },
  { path: 'a-c', size: 2, sha256: sha256('2') },
  { path: 'a.txt', size: 3, sha256: sha256('3') },
  { path: 'B', size: 4, sha256: sha256('4') },
];

test('the root binds name, size and content, in the order of code points', () => {
  const [ab, ac, txt, b] = files.map((file) => `${file.sha256} ${file.size} ${file.path}\n`);
  expect(rootDigest(files)).toBe(`sha256:${sha256(`passmuster.manifest/1\n${b}${ac}${txt}${ab}`)}`);
});

test('a signature’s subject: raw digests, ordered by folder and then name', () => {
  const raw = Buffer.from([sha256('4'), sha256('1'), sha256('2'), sha256('3')].join(''), 'hex');
  expect(modelSigningDigest(files)).toBe(`sha256:${sha256(raw)}`);
});

const file = fc.record({
  path: fc.string({ minLength: 1, unit: fc.constantFrom('a', 'b', '/', '𐀀', '\uffee', '-') }),
  size: fc.nat(),
  sha256: fc.constantFrom(sha256('x'), sha256('y')),
});
const set = fc.uniqueArray(file, { selector: ({ path }) => path, minLength: 1, maxLength: 6 });

test('no other set of files has the same root, and order does not matter', () => {
  fc.assert(
    fc.property(set, set, (one, other) => {
      const key = (list: typeof one) =>
        list
          .map((each) => JSON.stringify(each))
          .sort()
          .join();
      expect(rootDigest(one) === rootDigest(other)).toBe(key(one) === key(other));
      expect(rootDigest(one.toReversed())).toBe(rootDigest(one));
      expect(modelSigningDigest(one.toReversed())).toBe(modelSigningDigest(one));
    }),
  );
});
