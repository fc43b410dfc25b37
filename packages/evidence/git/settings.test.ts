import { expect, test } from 'vitest';
import { parseSettings, withoutFilters } from './settings.ts';

const entry = (scope: string, key: string, value?: string): string =>
  `${scope}\0${key}${value === undefined ? '' : `\n${value}`}\0`;

test('an answer of git config, with values of several lines and of none', () => {
  const output = entry('global', 'filter.a.clean', 'a\nb') + entry('local', 'filter.x\ty.clean');
  expect(parseSettings(output)).toEqual([
    { scope: 'global', key: 'filter.a.clean', value: 'a\nb' },
    { scope: 'local', key: 'filter.x\ty.clean', value: '' },
  ]);
  expect(parseSettings('')).toEqual([]);
});

const off = (name: string) => ({
  [`filter.${name}.clean`]: '',
  [`filter.${name}.process`]: '',
  [`filter.${name}.required`]: 'false',
});

test.each([
  ['the user’s own', entry('global', 'filter.x.clean', 'tidy'), {}],
  ['a repository’s', entry('local', 'filter.a.b=c.clean', 'tidy'), off('a.b=c')],
  ['a work tree’s', entry('worktree', 'filter.x.process', 'tidy'), off('x')],
  ['Git LFS', entry('local', 'filter.lfs.process', 'git-lfs filter-process'), {}],
  ['one called LFS', entry('local', 'filter.lfs.clean', 'git-lfs; tidy'), off('lfs')],
  [
    'Git LFS with an extension',
    entry('local', 'filter.lfs.clean', 'git-lfs clean -- %f') +
      entry('local', 'lfs.extension.x.clean', 'tidy'),
    off('lfs'),
  ],
])('which filters are turned off: %s', (_, output, settings) => {
  expect(withoutFilters(parseSettings(output))).toEqual(settings);
});
