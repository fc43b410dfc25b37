import { InputError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import { localConnection } from '../connection/connection.ts';
import {
  CREATE,
  failing,
  GET,
  json,
  PAGE,
  type Respond,
  serve,
  text,
  transportTo,
} from './serving.fixture.ts';

const INFO = '/api/3.0/mlflow/server-info';

const infoBy =
  (info: Respond): Respond =>
  (response, seen, count) =>
    seen.url === INFO ? info(response, seen, count) : json(response, 200, {});

const within = (url: string) => ({ ...localConnection(url), workspace: 'team-a' });

test('the workspace is named once the server has said that it has any; it is asked once', async () => {
  const { url, seen } = await serve(
    infoBy((response) => json(response, 200, { workspaces_enabled: true })),
  );
  const transport = transportTo(within(url));
  await Promise.all([transport.send(GET), transport.send(CREATE)]);
  await transport.send(GET);
  expect(seen.map((one) => one.url).toSorted()).toEqual([INFO, '/api/x', '/api/x', '/api/x']);
  expect(seen.map(({ headers }) => headers['x-mlflow-workspace'])).toEqual([
    undefined,
    'team-a',
    'team-a',
    'team-a',
  ]);
});

test.each<[string, Respond]>([
  ['is too old to know', (response) => text(response, 404, PAGE)],
  ['has none', (response) => json(response, 200, { workspaces_enabled: false })],
  ['says nothing of them', (response) => json(response, 200, { store_type: 'SqlStore' })],
  ['says it as a text', (response) => json(response, 200, { workspaces_enabled: 'true' })],
  ['answers a page', (response) => text(response, 200, PAGE)],
])('a server that %s is told from one that has', async (_, info) => {
  const { url, seen } = await serve(infoBy(info));
  const transport = transportTo(within(url));
  for (const ask of [GET, CREATE]) {
    await expect(transport.send(ask)).rejects.toThrow(InputError);
    await expect(transport.send(ask)).rejects.toThrow(
      `MLFLOW_WORKSPACE is set to "team-a", but the server at ${url} has no workspaces.`,
    );
  }
  expect(seen.map((one) => one.url)).toEqual([INFO]);
});

test('a question that failed on the way is asked again', async () => {
  const { url, seen } = await serve(
    infoBy((response, _, count) =>
      count === 1 ? text(response, 401, 'who?') : json(response, 200, { workspaces_enabled: true }),
    ),
  );
  const transport = transportTo(within(url));
  expect((await failing(transport.send(GET))).failure.reason).toBe('denied');
  expect((await transport.send(GET)).status).toBe(200);
  expect(seen.length).toBe(3);
});

test('without a workspace nothing is asked', async () => {
  const { url, seen } = await serve((response) => json(response, 200, {}));
  await transportTo(url).send(GET);
  expect(seen.map((one) => one.url)).toEqual(['/api/x']);
});
