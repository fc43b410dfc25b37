import { expect, test } from 'vitest';
import type { LoggedModel, ModelVersion, Run } from '../registry/entities.ts';
import { fileUnbound, loggedModelOf, runUnbound } from './binding.ts';
import type { NamedVersion } from './measured.ts';

const from = (source: string) => ({ model: 'm', number: '7', source }) as ModelVersion;
const RUN = { id: 'r1', artifactUri: 'mlflow-artifacts:/1/r1/artifacts', deleted: false } as Run;
const NONE = { evaluations: new Set<string>() };
const MODEL_ID = `m-${'a'.repeat(32)}`;

test.each([
  ['files of the run', from('mlflow-artifacts:/1/r1/artifacts/model'), {}],
  ['the run by name', from('runs:/r1/model'), {}],
  ['what `register` sealed', from('s3://b/m'), { sealed: { ...NONE, runId: 'r1' } }],
  ['a logged model of the run', from(`models:/${MODEL_ID}`), { logged: { sourceRunId: 'r1' } }],
])('a run is bound by %s', (_, version, { sealed, logged }: Record<string, object>) => {
  expect(runUnbound(version, RUN, sealed as typeof NONE, logged as LoggedModel)).toBeUndefined();
});

test.each([
  ['files elsewhere', from('s3://b/m')],
  ['a folder whose name only begins alike', from('mlflow-artifacts:/1/r1/artifacts-of-others/m')],
  ['another run', from('runs:/r12/model')],
  ['a way out of its folder', from('mlflow-artifacts:/1/r1/artifacts/../../r2/artifacts/m')],
  ['a way out at the end', from('runs:/r1/model/..')],
  ['a way out in other signs', from('mlflow-artifacts:/1/r1/artifacts/%2e./m')],
  ['a way out in one sign', from('mlflow-artifacts:/1/r1/artifacts/a%2f..%2Fr2/m')],
  ['a way out in signs of signs', from('runs:/r1/%252e%252E/m')],
])('a run is not bound by %s', (_, version) => {
  const sealed = { ...NONE, runId: 'other' };
  const says = runUnbound(version, RUN, sealed, { sourceRunId: 'other' } as LoggedModel);
  expect(says).toContain('is not among the files of that run');
});

test('a run without a place for files binds nothing', () => {
  expect(
    runUnbound(from('s3://b/m'), { ...RUN, artifactUri: '' }, undefined, undefined),
  ).toBeDefined();
});

test('a deleted run is never bound', () => {
  const run = { ...RUN, deleted: true };
  expect(runUnbound(from('runs:/r1/model'), run, undefined, undefined)).toBe('the run was deleted');
});

test.each([
  [`models:/${MODEL_ID}`, MODEL_ID],
  [`models:/${MODEL_ID}/files`, MODEL_ID],
  ['models:/m/1', undefined],
  ['models:/m-1', undefined],
  ['s3://b/models', undefined],
])('the logged model of %s', (source, expected) => {
  expect(loggedModelOf(from(source))).toBe(expected);
});

const ROOT = `sha256:${'b'.repeat(64)}`;
const version = { model: 'm', number: '7' };
const naming = (names: NamedVersion) => ({ digest: 'sha256:f', names });

test.each([
  ['its digest', { digest: 'sha256:known' }, {}],
  ['the root digest that it names', naming({ digest: ROOT }), {}],
  [
    'model and number, where the policy says so',
    naming({ model: 'm', version: '7' }),
    { byName: true },
  ],
  ['model and name', naming({ model: 'm', version: 'v1.0.0' }), { byName: true }],
])('a file is bound by %s', (_, given, more) => {
  const sealed = { rootDigest: ROOT, evaluations: new Set(['sha256:known']) };
  const subject = { version, identifier: 'v1.0.0', sealed, byName: false, ...more };
  expect(fileUnbound(given, subject)).toBeUndefined();
});

test.each<[string, NamedVersion, boolean]>([
  ['model and number, where the policy does not say so', { model: 'm', version: '7' }, false],
  ['another model', { model: 'n', version: '7' }, true],
  ['another number', { model: 'm', version: '8' }, true],
  ['a number alone', { version: '7' }, true],
  ['a model alone', { model: 'm' }, true],
])('a file is not bound by %s', (_, names, byName) => {
  expect(fileUnbound(naming(names), { version, byName })).toContain('not among those');
});

test.each<[string, NamedVersion | undefined, string | undefined]>([
  ['another root digest', { digest: `${ROOT}0` }, ROOT],
  ['no root digest', undefined, ROOT],
  ['a root digest where none is sealed', { digest: ROOT }, undefined],
  ['no root digest where none is sealed', { model: 'm' }, undefined],
])('a file is not bound by %s', (_, names, rootDigest) => {
  const sealed = { ...NONE, ...(rootDigest !== undefined && { rootDigest }) };
  const given = { digest: 'sha256:f', names };
  expect(fileUnbound(given, { version, sealed, byName: false })).toContain('at its top');
});
