import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { checkSource, referenceIn } from './source.ts';
import { isBelow, unquoted } from './uris.ts';

const ROOT = 'mlflow-artifacts:/1/run/artifacts';
const LOCAL = '/srv/artifacts/run';
const roots = (id: string) => ({ run: ROOT, local: LOCAL })[id];

test.each([
  ['s3://bucket/model', ''],
  ['gs://bucket/model', 'whatever'],
  ['passmuster://ledger/moves', ''],
  ['dbfs:/model', ''],
  ['runs:/run/model', 'run'],
  [`${ROOT}/model`, 'run'],
  [`${LOCAL}/model`, 'local'],
  [`file://${LOCAL}/model`, 'other'],
])('%s with the run %j', (source, runId) => {
  const check = () => checkSource(source, runId, roots);
  if (source.startsWith('file:')) expect(check).toThrow(Refusal);
  else expect(check).not.toThrow();
});

test.each([
  ['', ''],
  ['model', ''],
  ['/etc/passwd', ''],
  ['/etc/passwd', 'local'],
  [`${LOCAL}/../x`, 'local'],
  [`${LOCAL}/%2e%2e/x`, 'local'],
  ['file:///etc/passwd', 'run'],
  ['s3://bucket/../x', ''],
  ['s3://bucket/%252e%252e/x', ''],
  ['s3://bucket/a\\..\\x', ''],
  ['s3://bucket/%00', ''],
  ['s3://bucket', ''],
  ['passmuster:ledger', ''],
  ['https://host/x', ''],
  ['HTTPS://host/x', ''],
  ['mlflow-artifacts://host/1/run/artifacts', 'run'],
  [`${ROOT}/model`, ''],
  [`${ROOT}x/model`, 'run'],
  ['runs:/other/model', 'run'],
  ['runs://host/run/model', 'run'],
  [`s3://bucket/${'x'.repeat(500)}`, ''],
])('not %s with the run %j', (source, runId) => {
  expect(() => checkSource(source, runId, roots)).toThrow(Refusal);
});

test.each([
  ['models:/m/1', { model: 'm', version: '1' }],
  ['models:/m/Production', { model: 'm', version: 'Production' }],
  ['models:/m@champion', { model: 'm', alias: 'champion' }],
  ['s3://b/x', undefined],
])('%s refers to %j', (source, reference) => {
  expect(referenceIn(source)).toEqual(reference);
});

test.each([
  'models:/',
  'models:/m',
  'models:/m/1/x',
  'models://h/m/1',
  `models:/m-${'0'.repeat(32)}`,
])('%s refers to nothing', (source) => {
  expect(() => referenceIn(source)).toThrow(Refusal);
});

test('percent signs are resolved to the last layer, or the text is given up', () => {
  expect(unquoted('a%2520b')).toBe('a b');
  expect(unquoted(`%${'25'.repeat(100)}41`)).toBe(undefined);
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(unquoted(encodeURIComponent(text.toWellFormed()))).toBe(unquoted(text.toWellFormed()));
    }),
  );
});

test('what is below another is not what only begins like it', () => {
  expect(isBelow(`${ROOT}/a`, ROOT)).toBe(true);
  expect(isBelow(ROOT, ROOT)).toBe(true);
  expect(isBelow(`${ROOT}2`, ROOT)).toBe(false);
  expect(isBelow('s3://b/1/run/artifacts/a', ROOT)).toBe(false);
  expect(isBelow('s3://b/x', 's3://b')).toBe(false);
});
