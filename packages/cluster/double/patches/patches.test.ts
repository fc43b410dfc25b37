import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StatusError } from '../wire/status.ts';
import { jsonPatched } from './json-patch.ts';
import { mergePatched } from './merge-patch.ts';

/** From the appendix of RFC 7386. */
const MERGES: readonly (readonly [unknown, unknown, unknown])[] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

test.each(MERGES)('%j with %j is %j', (target, patch, result) => {
  expect(mergePatched(target, patch)).toEqual(result);
});

const PATCHED: readonly (readonly [object, unknown])[] = [
  [
    { op: 'add', path: '/list/1', value: 'x' },
    { a: { b: 1 }, list: [1, 'x', 2] },
  ],
  [
    { op: 'add', path: '/list/-', value: 'x' },
    { a: { b: 1 }, list: [1, 2, 'x'] },
  ],
  [
    { op: 'replace', path: '/list/0', value: 'x' },
    { a: { b: 1 }, list: ['x', 2] },
  ],
  [
    { op: 'remove', path: '/list/0' },
    { a: { b: 1 }, list: [2] },
  ],
  [
    { op: 'move', from: '/a/b', path: '/c' },
    { a: {}, list: [1, 2], c: 1 },
  ],
  [
    { op: 'add', path: '/a~1b~0', value: 1 },
    { a: { b: 1 }, list: [1, 2], 'a/b~': 1 },
  ],
];

test.each(PATCHED)('%j', (operation, result) => {
  expect(jsonPatched({ a: { b: 1 }, list: [1, 2] }, [operation])).toEqual(result);
});

test('whatever comes is applied to a copy, or refused', () => {
  const path = fc.constantFrom('', '/', '/a', '/a/b', '/list/0', '/list/9', '/list/-', '/x/y');
  const operation = fc.record(
    {
      op: fc.constantFrom('test', 'add', 'replace', 'remove', 'move', 'copy', 'bogus'),
      path: fc.oneof(path, fc.anything()),
      from: path,
      value: fc.jsonValue(),
    },
    { requiredKeys: ['op'] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.array(operation), fc.jsonValue()), (patch) => {
      const target = { a: { b: 1 }, list: [1, 2] };
      try {
        jsonPatched(target, patch);
      } catch (error) {
        expect(error).toBeInstanceOf(StatusError);
      }
      expect(target).toEqual({ a: { b: 1 }, list: [1, 2] });
    }),
  );
});
