import { RegistryError } from '@passmuster/core/registry/error.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { describe, expect, test } from 'vitest';
import { type Answered, no, PAGE, serving } from './serving.fixture.ts';

const failureOf = async (asked: Promise<unknown>): Promise<RegistryError> => {
  const error = await asked.catch((reason: unknown) => reason);
  if (error instanceof RegistryError) return error;
  throw error;
};

const ODD: [string, Answered['body'], RegExp][] = [
  ['a page', '<!doctype html><p>Log in</p>', /of type text\/html is no JSON/],
  ['nothing', '', /is no JSON/],
  ['a text', '"x"', /JSON, but not a map/],
  ['a list', [], /JSON, but not a map/],
  ['another map', {}, /`registered_model` is missing, expected a map/],
  ['a model without name', { registered_model: {} }, /`registered_model.name` is missing/],
];

test.each(ODD)('a yes with %s is no answer', async (_, body, problem) => {
  const { registry } = await serving(() => ({ body }));
  const read = await failureOf(registry.model('m'));
  const failure = { reason: 'unanswered', status: 200, lasting: true };
  expect(read.failure).toEqual({ ...failure, effect: 'none' });
  expect(read.message).toMatch(/^Could not read model "m": http:\/\/127\.0\.0\.1:\d+ does not/);
  expect(read.message).toMatch(problem);
  expect(read.problems[0]?.hint).toMatch(/address of an MLflow server/);
  const created = await failureOf(registry.createModel({ name: 'm' }));
  expect(created.failure).toEqual({ ...failure, effect: 'unknown' });
});

test('a write needs a yes of MLflow, which may be empty, but is no page', async () => {
  const writes = (registry: Registry): Promise<unknown>[] => [
    registry.setAlias('m', 'champion', '1'),
    registry.tagVersion('m', '1', 'k', 'v'),
    registry.writeArtifact('mlflow-artifacts:/1/x', new Uint8Array(1)),
  ];
  for (const body of ['', {}]) {
    const { registry } = await serving(() => ({ body }));
    await Promise.all(writes(registry));
  }
  const { registry } = await serving(() => ({ body: PAGE }));
  for (const write of writes(registry)) {
    expect((await failureOf(write)).failure).toMatchObject({ effect: 'unknown' });
  }
});

describe('missing', () => {
  const missing = no(404, 'RESOURCE_DOES_NOT_EXIST');

  test('is undefined only in the words of MLflow', async () => {
    const known = await serving(() => missing);
    expect(await known.registry.model('m')).toBeUndefined();
    expect(await known.registry.version('m', '1')).toBeUndefined();
    expect(await known.registry.run('r')).toBeUndefined();
    for (const body of [PAGE, { error: '404 Not Found' }, 'not found', { message: 'No Project' }]) {
      const other = await serving(() => ({ status: 404, body }));
      const { failure } = await failureOf(other.registry.model('m'));
      expect(failure).toMatchObject({ reason: 'unsupported', effect: 'none', status: 404 });
    }
  });

  test('an alias that MLflow finds invalid is not there', async () => {
    const { registry } = await serving(() => no(400, 'INVALID_PARAMETER_VALUE'));
    expect(await registry.aliased('m', 'champion')).toBeUndefined();
  });

  test('an alias of a version that was deleted stands nowhere', async () => {
    const { registry } = await serving(() => missing);
    expect(await registry.aliased('m', 'champion')).toBeUndefined();
  });

  test('an alias that is gone already is removed, unless its model is missing', async () => {
    const model = { body: { registered_model: { name: 'm' } } };
    const { registry } = await serving(({ method }) => (method === 'GET' ? model : missing));
    await registry.removeAlias('m', 'champion');
    const other = await serving(() => missing);
    const { failure } = await failureOf(other.registry.removeAlias('m', 'champion'));
    expect(failure.reason).toBe('missing');
  });

  test('a number that is none is not there, other faults are told', async () => {
    const { registry } = await serving(() => no(400, 'INVALID_PARAMETER_VALUE', 'Odd name.'));
    expect(await registry.version('m', 'v1.2.0')).toBeUndefined();
    expect((await failureOf(registry.version('a/b', '1'))).message).toMatch(/Odd name\./);
  });
});

describe('a file of MLflow 2, which answers 500 for what is not there,', () => {
  const uri = 'mlflow-artifacts:/1/r/artifacts/a.json';
  const broken = no(500, 'INTERNAL_ERROR', 'The following failures occurred');

  const listing = (files: object[]) =>
    serving(({ path }) => (path.endsWith('.json') ? broken : { body: { files } }));

  test('is not there when its folder does not list it', async () => {
    const { registry, asked } = await listing([{ path: 'b.json', is_dir: false }]);
    expect(await registry.readArtifact(uri, 9)).toBeUndefined();
    expect(asked[1]?.query.get('path')).toBe('1/r/artifacts');
  });

  test('could not be read when its folder does', async () => {
    const { registry } = await listing([{ path: 'a.json', is_dir: false }]);
    const { failure } = await failureOf(registry.readArtifact(uri, 9));
    expect(failure).toMatchObject({ code: 'INTERNAL_ERROR', status: 500 });
  });
});

test('of several versions in a stage the highest is the latest', async () => {
  const versions = [
    ['9', 'Production'],
    ['10', 'Production'],
    ['8', 'Staging'],
    ['11', 'Archived'],
  ].map(([version, stage]) => ({ name: 'm', version, current_stage: stage }));
  const { registry } = await serving(() => ({ body: { model_versions: versions } }));
  const latest = await registry.latestVersions('m', ['Staging', 'Production']);
  expect(latest.map(({ number }) => number)).toEqual(['10', '8']);
});

test('every call is bounded, all of its requests together', async () => {
  const { registry } = await serving(() => ({ body: {} }));
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(registry.deleteVersion('m', '1', { signal })).rejects.toThrow('enough');
  await expect(Array.fromAsync(registry.models({}, { signal }))).rejects.toThrow('enough');
  await expect(registry.readArtifact('mlflow-artifacts:/x', 9, { signal })).rejects.toThrow(
    'enough',
  );
  await expect(registry.has('tags', 'm', { signal })).rejects.toThrow('enough');
});
