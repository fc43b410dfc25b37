import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byCodePoint, pathProblem, twinKey, twins } from './paths.ts';

const GOOD = [
  'a',
  'model.safetensors',
  'weights/model-00001-of-00002.safetensors',
  '.gitattributes',
  'a b/c d.txt',
  ' leading space',
  '...a',
  'conf.d/file',
  'console.log',
  'com10',
  'nul_.txt',
  'données/über.json',
  '模型/权重.bin',
  '🤗.md',
  'a~b@c#d%e&f(g)[h]{i}!$\'"*?<>|',
  'a'.repeat(255),
  'é'.repeat(127),
  Array.from({ length: 2048 }, () => 'a').join('/'),
];

test.each(GOOD)('%j is a good path', (path) => {
  expect(pathProblem(path)).toBeUndefined();
});

const BAD: [string, RegExp][] = [
  ['', /empty/],
  ['..', /"\.\."/],
  ['.', /"\."/],
  ['a/../b', /"\.\."/],
  ['./a', /"\."/],
  ['a//b', /empty name/],
  ['a/', /empty name/],
  ['/', /absolute/],
  ['/etc/passwd', /absolute/],
  ['C:\\x', /drive/],
  ['C:x', /drive/],
  ['c:/x', /drive/],
  ['\\\\host\\share', /UNC/],
  ['//host/share', /UNC/],
  ['..\\x', /backslash/],
  ['a\\b', /backslash/],
  ['a\0b', /control.*U\+0000/],
  ['a\nb', /control.*U\+000A/],
  ['a\u0085b', /control.*U\+0085/],
  ['a\u2028b', /control.*U\+2028/],
  ['a\u200bb', /invisible.*U\+200B/],
  ['a\u202eb', /invisible.*U\+202E/],
  ['a\ufeff', /invisible.*U\+FEFF/],
  ['a\u00adb', /invisible.*U\+00AD/],
  ['a\ufe0f', /invisible.*U\+FE0F/],
  ['a\u3164', /invisible.*U\+3164/],
  ['a\u{e0041}', /invisible.*U\+E0041/],
  ['a\ue000', /private.*U\+E000/],
  ['a\uffff', /does not know.*U\+FFFF/],
  ['a\u{3ffff}', /does not know.*U\+3FFFF/],
  ['a\ufffdb', /not valid UTF-8/],
  ['a\ud800b', /lone surrogate/],
  ['\udc00', /lone surrogate/],
  ['a.', /dot or a space/],
  ['a./b', /dot or a space/],
  ['a ', /dot or a space/],
  ['...', /dot or a space/],
  ['CON', /Windows/],
  ['nul', /Windows/],
  ['a/Aux.py', /Windows/],
  ['COM1.tar.gz', /Windows/],
  ['lpt9', /Windows/],
  ['com²', /Windows/],
  ['con .txt', /Windows/],
  ['CONIN$', /Windows/],
  ['model.bin:hidden', /":"/],
  ['a/b:c', /":"/],
  ['a'.repeat(256), /255 bytes/],
  ['é'.repeat(128), /255 bytes/],
  [Array.from({ length: 2049 }, () => 'a').join('/'), /4096 bytes/],
  ['é/'.repeat(1366), /4096 bytes/],
  ['a'.repeat(1e6), /4096 bytes/],
];

test.each(BAD)('%j is refused', (path, reason) => {
  expect(pathProblem(path)).toMatch(reason);
});

const anyText = fc.string({ unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('/')) });

test('a good path has only good names, and any bad name spoils it', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom('..', 'a\\b', 'NUL.txt', 'x:y', 'a.'), (path, bad) => {
      const problem = pathProblem(path);
      if (problem === undefined) {
        for (const name of path.split('/')) expect(pathProblem(name)).toBeUndefined();
      }
      expect(pathProblem(`${path}/${bad}`)).toBeDefined();
      expect(pathProblem(`${bad}/${path}`)).toBeDefined();
    }),
  );
});

describe('order', () => {
  test('is that of code points where UTF-16 differs', () => {
    const names = ['\u{1f917}', '\uff41', 'b', 'a/b', 'a.b', 'a', 'é', ''];
    expect(names.toSorted(byCodePoint)).toEqual([
      ...['', 'a', 'a.b', 'a/b', 'b', 'é', '\uff41', '\u{1f917}'],
    ]);
    expect(names.toSorted()).not.toEqual(names.toSorted(byCodePoint));
  });

  test('is that of UTF-8 bytes', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(byCodePoint(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  test('is total for text that is not well formed', () => {
    const text = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map(String.fromCharCode) });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(byCodePoint(a, b) === 0).toBe(a === b);
        expect(Math.sign(byCodePoint(a, b))).toBe(0 - Math.sign(byCodePoint(b, a)));
      }),
    );
  });
});

describe('twins', () => {
  test.each([
    ['Readme.md', 'README.MD'],
    ['caf\u00e9', 'cafe\u0301'],
    ['straße', 'STRASSE'],
    ['straße', 'STRAẞE'],
    ['K', '\u212a'],
    ['\u00c5', '\u212b'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδος', 'οδοσ'],
    ['İ', 'i\u0307'],
    ['ﬁle', 'file'],
    ['ａ', 'A'],
    ['𐐀', '𐐨'],
  ])('%s and %s are one somewhere', (a, b) => {
    expect(twinKey(a)).toBe(twinKey(b));
    expect(twins([a, b])).toEqual([[a, b]]);
  });

  test.each([
    ['a', 'b'],
    ['a/b', 'a/c'],
    ['a/b', 'c/B'],
    ['a', 'a/b'],
    ['a', 'a'],
    ['e', 'é'],
  ])('%s and %s are two', (a, b) => {
    expect(twins([a, b])).toEqual([]);
  });

  test('folders collide as well as files, and a file with a folder', () => {
    expect(twins(['Data/x', 'data/y', 'data/z', 'other', 'OTHER/q'])).toEqual([
      ['Data/x', 'data/y'],
      ['Data/x', 'data/z'],
      ['other', 'OTHER/q'],
    ]);
  });

  test('the key does not depend on the form or the case that came in', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, (name) => {
        const key = twinKey(name);
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) {
          expect(twinKey(name.normalize(form))).toBe(key);
        }
        expect(twinKey(key)).toBe(key);
      }),
    );
  });

  test('every character goes with its own upper and lower case', () => {
    const astray: string[] = [];
    for (let point = 0; point <= 0x10ffff; point++) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const character = String.fromCodePoint(point);
      const key = twinKey(character);
      for (const other of [character.toLowerCase(), character.toUpperCase()]) {
        if (twinKey(other) !== key) astray.push(character);
      }
    }
    expect(astray).toEqual([]);
  });

  test('are found as comparing every folder of every pair finds them', () => {
    const name = fc.constantFrom('a', 'A', 'ß', 'SS', 'b');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
    const collide = (a: string, b: string) => {
      const [left, right] = [a.split('/'), b.split('/')];
      return left.slice(0, right.length).some((_, depth) => {
        const one = left.slice(0, depth + 1).join('/');
        const two = right.slice(0, depth + 1).join('/');
        return one !== two && twinKey(one) === twinKey(two);
      });
    };
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 12 }), (paths) => {
        const pairs = twins(paths);
        for (const [first, later] of pairs) expect(collide(first, later)).toBe(true);
        const named = new Set(pairs.map(([, later]) => later));
        for (const one of paths) {
          for (const other of paths) {
            if (collide(one, other)) expect(named.has(one) || named.has(other)).toBe(true);
          }
        }
      }),
    );
  });
});
