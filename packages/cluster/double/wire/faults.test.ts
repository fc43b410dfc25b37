import { expect, test } from 'vitest';
import { ask, double } from '../double.fixture.ts';
import type { ConfigMap } from '../objects.ts';
import { configMap } from '../seeds.ts';

const ONE = '/api/v1/namespaces/default/configmaps/models';
const PATCH = { method: 'PATCH', path: `${ONE}?dryRun=All`, body: { data: { a: '2' } } };

const seeded = async () => {
  const server = await double();
  server.put(configMap('models', { a: '1' }));
  return server;
};

test('requests are remembered, as they were asked', async () => {
  const server = await seeded();
  await ask(server, PATCH);
  await ask(server, { path: ONE, token: 'nobody' });
  expect(server.requests).toMatchObject([
    { method: 'PATCH', path: ONE, query: { dryRun: 'All' }, user: 'admin', body: PATCH.body },
    { method: 'GET', path: ONE, user: '' },
  ]);
  server.reset();
  expect(server.requests).toEqual([]);
});

const DROPS = [
  ['before', '1'],
  ['after', '2'],
] as const;

test.each(DROPS)('a connection that drops %s the effect leaves %s', async (drop, left) => {
  const server = await seeded();
  server.onRequest(({ method }) => (method === 'PATCH' ? { drop } : undefined));
  await expect(ask(server, { ...PATCH, path: ONE })).rejects.toThrow('fetch failed');
  expect((server.get('ConfigMap', 'default', 'models') as ConfigMap).data?.['a']).toBe(left);
});

test('it answers what it is told to, until it no longer is', async () => {
  const server = await seeded();
  const stop = server.onRequest(() => ({ status: 429, retryAfter: 3 }));
  const busy = await ask(server, PATCH);
  expect(busy.failure).toMatchObject({ code: 429, reason: 'TooManyRequests' });
  expect(busy.headers.get('retry-after')).toBe('3');
  stop();
  expect(await ask(server, PATCH)).toMatchObject({ status: 200 });
});

test('a hook may wait for something', async () => {
  const server = await seeded();
  const { promise, resolve } = Promise.withResolvers<undefined>();
  server.onRequest(() => promise);
  const answer = ask(server, { path: ONE });
  server.change('ConfigMap', 'default', 'models', { data: { a: 'late' } });
  resolve(undefined);
  expect((await answer).as<ConfigMap>().data).toEqual({ a: 'late' });
});

test('stopped it is not there, started again it is what it was', async () => {
  const server = await seeded();
  await server.stop();
  await expect(ask(server, { path: ONE })).rejects.toThrow('fetch failed');
  await server.restart();
  expect((await ask(server, { path: ONE })).as<ConfigMap>().data).toEqual({ a: '1' });
});

test('its kubeconfig says where it is and who asks', async () => {
  const server = await double({ namespaces: ['models'] });
  expect(server.kubeconfig('abc')).toContain(`server: ${server.url}\n`);
  expect(server.kubeconfig('abc')).toContain('namespace: models\n');
  expect(server.kubeconfig('abc')).toContain('token: "abc"\n');
});
