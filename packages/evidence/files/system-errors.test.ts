import { expect, test } from 'vitest';
import { systemCode, whyUnreadable } from './system-errors.ts';

const fromSystem = (code: string) => Object.assign(new Error(code), { code, syscall: 'open' });

test.each([
  ['EACCES', /read access/],
  ['ENOENT', /removed/],
  ['ELOOP', /circle/],
  ['ENAMETOOLONG', /too long/],
  ['EMFILE', /ulimit/],
  ['EIO', /could not be read \(EIO\)/],
])('%s has words', (code, words) => {
  expect(systemCode(fromSystem(code))).toBe(code);
  expect(whyUnreadable(fromSystem(code))).toMatch(words);
});

test.each([
  new TypeError('a bug'),
  Object.assign(new Error('ours'), { code: 'ERR_OUR_OWN' }),
  new DOMException('stop', 'AbortError'),
  'text',
  undefined,
])('%s is no error of the system and is thrown on', (error) => {
  expect(systemCode(error)).toBeUndefined();
  let thrown: unknown;
  try {
    whyUnreadable(error);
  } catch (caught) {
    thrown = { caught };
  }
  expect(thrown).toEqual({ caught: error });
});
