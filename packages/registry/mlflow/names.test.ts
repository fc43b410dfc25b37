import { InputError } from '@passmuster/core/errors.ts';
import { byNumber } from '@passmuster/core/versions/registry-number.ts';
import { expect, test } from 'vitest';
import { artifactPath, encodedPath, folderAndName } from './artifact-path.ts';
import { checkAlias, checkArchiving } from './names.ts';

test.each(['champion', 'v1x', 'v', 'latest-1', '1', '_', '-', 'größer', '冠军', '__proto__'])(
  'the alias %j',
  (alias) => {
    expect(() => checkAlias(alias)).not.toThrow();
  },
);

test.each([
  ['latest', /MLflow keeps `latest`/],
  ['LATEST', /MLflow keeps `latest`/],
  ['v1', /MLflow keeps `latest` and `v` with a number/],
  ['V007', /MLflow keeps/],
  ['', /"" cannot be an alias: MLflow takes 1 to 255/],
  ['a b', /letters, digits/],
  ['a\nb', /"a\\u\{a\}b"/],
  ['a.b', /letters, digits/],
  ['a'.repeat(256), /1 to 255/],
  ['😀', /letters, digits/],
])('no alias %j', (alias, message) => {
  expect(() => checkAlias(alias)).toThrow(InputError);
  expect(() => checkAlias(alias)).toThrow(message);
});

test.each(['None', 'Archived', 'production'])('%s archives nothing', (stage) => {
  expect(() => checkArchiving(stage)).toThrow(/only in Staging and Production/);
});

test.each(['Staging', 'Production'])('%s archives', (stage) => {
  expect(() => checkArchiving(stage)).not.toThrow();
});

test.each([
  ['mlflow-artifacts:/1/r/artifacts/a b.json', '1/r/artifacts/a%20b.json'],
  ['mlflow-artifacts:/1/%2e%2e/x', '1/%252e%252e/x'],
  ['mlflow-artifacts:/#?&+;=@ü', '%23%3F%26%2B%3B%3D%40%C3%BC'],
  ['mlflow-artifacts:/...', '...'],
])('%s is asked for as %s', (uri, path) => {
  expect(encodedPath(artifactPath(uri))).toBe(path);
});

test.each([
  ['s3://b/x', /is not behind the file proxy/],
  ['mlflow-artifacts:x', /is not behind the file proxy/],
  ['mlflow-artifacts://host/x', /names a host, or an absolute path/],
  ['mlflow-artifacts:/a/../b', /the step `\.\.`/],
  ['mlflow-artifacts:/..', /the step `\.\.`/],
  ['mlflow-artifacts:/a/./b', /the step `\.`/],
  ['mlflow-artifacts:/a//b', /an empty step/],
  ['mlflow-artifacts:/a/', /an empty step/],
  ['mlflow-artifacts:/a\\..\\b', /a backslash/],
  ['mlflow-artifacts:/a\0b', /a control character/],
  ['mlflow-artifacts:/\ud800', /half of a surrogate pair/],
])('%j is refused', (uri, message) => {
  expect(() => artifactPath(uri)).toThrow(InputError);
  expect(() => artifactPath(uri)).toThrow(message);
});

test('a path has a folder and a name', () => {
  expect(folderAndName('a/b/c')).toEqual({ folder: 'a/b', name: 'c' });
  expect(folderAndName('c')).toEqual({ folder: '', name: 'c' });
});

test('numbers are in the order of their value', () => {
  const numbers = ['10', '9', '2', '100', '99999999999999999999', '99999999999999999998'];
  expect(numbers.toSorted(byNumber)).toEqual([
    '2',
    '9',
    '10',
    '100',
    '99999999999999999998',
    '99999999999999999999',
  ]);
  expect(byNumber('01', '1')).toBe(0);
  expect(['1.0.0', '1.0.0', '0.9.0'].toSorted(byNumber)).toEqual(['0.9.0', '1.0.0', '1.0.0']);
});
