import { expect, test } from 'vitest';
import { embeddedPath, isEmbedded, registryAddressProblem } from './registry-address.ts';

test.each(['https://mlflow.example.com', 'http://127.0.0.1:5000/base/path', 'https://m/'])(
  '%s is that of a server',
  (address) => {
    expect(registryAddressProblem(address)).toBeUndefined();
    expect([isEmbedded(address), embeddedPath(address)]).toEqual([false, undefined]);
  },
);

test.each([
  'r',
  'path/to.db',
  './registry.db',
  '/var/lib/passmuster/registry.db',
  'C:/data/registry.db',
  'a b/ä@c..d/..e/x#?.db',
])('embedded:%s is that of a file', (path) => {
  expect(registryAddressProblem(`embedded:${path}`)).toBeUndefined();
  expect([isEmbedded(`embedded:${path}`), embeddedPath(`embedded:${path}`)]).toEqual([true, path]);
});

test.each([
  '',
  '.',
  '..',
  'a/',
  'a/.',
  '/',
  ' a',
  'a ',
  '../a',
  'a/../b',
  'a/..',
  '//host/a',
  'a\\b',
  'a\nb',
  'a\0b',
])('embedded:%j is not', (path) => {
  expect(registryAddressProblem(`embedded:${path}`)).toMatch(
    /`embedded:registry\.db`.*without `\.\.`/,
  );
});

test.each([
  ['https://user:hunter2@m', /without user name/],
  ['mlflow', /starts with/],
  ['Embedded:registry.db', /or `embedded:` and/],
  ['embedded', /or `embedded:` and/],
  ['file:///mlruns', /starts with/],
  ['https://m/?token=hunter2', /without `\?`/],
  ['https://m:99999', /host and its port/],
])('%s is none, and is not repeated', (address, problem) => {
  expect(registryAddressProblem(address)).toMatch(problem);
  expect(registryAddressProblem(address)).not.toContain('hunter2');
});
