import { InputError } from '@passmuster/core/errors.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MLFLOW_VERSIONS, type Mlflow, startMlflow } from '../../../test/services/mlflow.ts';
import { connectionsOf } from '../connection/connection.ts';
import { CREATE, failing, GET, transportTo } from './serving.fixture.ts';
import type { Ask } from './transport.ts';

const MODELS = '/api/2.0/mlflow/registered-models';
const create = (name: string): Ask => ({ ...CREATE, path: `${MODELS}/create`, json: { name } });
const read = (name: string): Ask => ({ ...GET, path: `${MODELS}/get`, query: [['name', name]] });

const connected = (url: string, variables: Record<string, string> = {}) =>
  transportTo(connectionsOf({ variables: { ...variables, MLFLOW_TRACKING_URI: url } }).registry);

const text = ({ body }: { body: Uint8Array }): string => Buffer.from(body).toString();

describe.each(MLFLOW_VERSIONS)('MLflow %s with accounts, below a prefix', (version) => {
  let mlflow: Mlflow;
  let admin: Record<string, string>;
  beforeAll(async () => {
    mlflow = await startMlflow(version, { basicAuth: true, staticPrefix: '/below' });
    admin = {
      MLFLOW_TRACKING_USERNAME: mlflow.admin?.user ?? '',
      MLFLOW_TRACKING_PASSWORD: mlflow.admin?.password ?? '',
    };
  });
  afterAll(() => mlflow?.stop());

  test('creates, reads back, and tells what is there from what is not', async () => {
    const transport = connected(mlflow.url, admin);
    const name = 'grüße %+&';
    expect((await transport.send(create(name))).status).toBe(200);
    expect(JSON.parse(text(await transport.send(read(name))))).toMatchObject({
      registered_model: { name },
    });
    const reasons = [create(name), read('none'), { ...GET, path: '/api/2.0/mlflow/nowhere' }];
    const failures = [];
    for (const ask of reasons) failures.push((await failing(transport.send(ask))).failure);
    expect(failures).toEqual([
      { reason: 'exists', effect: 'none', code: 'RESOURCE_ALREADY_EXISTS', status: 400 },
      { reason: 'missing', effect: 'none', code: 'RESOURCE_DOES_NOT_EXIST', status: 404 },
      { reason: 'unsupported', effect: 'none', status: 404 },
    ]);
  });

  test.each([
    ['no login', {}, /No credentials were sent/],
    [
      'a wrong one',
      { MLFLOW_TRACKING_USERNAME: 'admin', MLFLOW_TRACKING_PASSWORD: 'wrong-word' },
      /Sent was: user name and password of MLFLOW_TRACKING_USERNAME/,
    ],
  ])('%s is denied', async (_, login, hint) => {
    const error = await failing(connected(mlflow.url, login).send(create('x')));
    expect(error.failure).toEqual({ reason: 'denied', effect: 'none', status: 401 });
    expect(error.problems[0]?.hint).toMatch(hint);
    expect(JSON.stringify(error.problems)).not.toContain('wrong-word');
  });
});

describe('workspaces', () => {
  test('are named where there are any, and told where one is not there', async () => {
    const mlflow = await startMlflow('3.17.2', { env: { MLFLOW_ENABLE_WORKSPACES: 'true' } });
    try {
      const within = (workspace: string) => connected(mlflow.url, { MLFLOW_WORKSPACE: workspace });
      expect((await within('default').send(create('m'))).status).toBe(200);
      const error = await failing(within('nowhere').send(read('m')));
      expect(error.failure.reason).toBe('refused');
      expect(error.message).toContain("Workspace 'nowhere' not found");
    } finally {
      await mlflow.stop();
    }
  });

  test.each(MLFLOW_VERSIONS)('MLflow %s has none unless it is told to', async (version) => {
    const mlflow = await startMlflow(version);
    try {
      const transport = connected(mlflow.url, { MLFLOW_WORKSPACE: 'default' });
      await expect(transport.send(read('m'))).rejects.toThrow(InputError);
    } finally {
      await mlflow.stop();
    }
  });
});
