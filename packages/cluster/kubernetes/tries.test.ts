import type { ConfigMap } from '@passmuster/core/cluster/configmap.ts';
import { expect, test } from 'vitest';
import { startDouble } from '../double/double.ts';
import { clusterAt, failing, json, serving, skippingClock, status } from './cluster.fixture.ts';
import { retryAfter } from './tries.ts';

const AT = { namespace: 'default', name: 'models' };
const CHANGE = { data: new Map([['llm', '2']]), annotations: new Map() };
const BUSY = status(429, 'TooManyRequests', 'busy');

async function doubled() {
  const double = await startDouble();
  double.put({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'models' },
    data: { llm: '1' },
  });
  const clock = skippingClock();
  return { double, clock, cluster: await clusterAt(double.url, double.admin, { clock }) };
}

test('what only reads is asked again, after what the server asks for', async () => {
  const clock = skippingClock();
  const { url, seen } = await serving((response, _, count) =>
    count < 3
      ? json(response, 429, BUSY, { 'retry-after': '2' })
      : json(response, 200, { metadata: { name: 'models' } }),
  );
  const cluster = await clusterAt(url, 'x', { clock });
  expect((await cluster.configMap(AT))?.name).toBe('models');
  expect(seen.length).toBe(3);
  expect(clock.slept.length).toBe(2);
  for (const pause of clock.slept) expect(pause).toBeGreaterThanOrEqual(2000);
});

test('no longer than there is time', async () => {
  const { url, seen } = await serving((response) =>
    json(response, 503, BUSY, { 'retry-after': '60' }),
  );
  const cluster = await clusterAt(url);
  expect((await failing(cluster.configMap(AT))).failure.reason).toBe('unanswered');
  expect(seen.length).toBe(1);
});

test.each([429, 500, 503])('what writes is sent once, also when %i comes', async (code) => {
  const { double, cluster } = await doubled();
  const seen = (await cluster.configMap(AT)) as ConfigMap;
  double.reset();
  double.onRequest(({ method }) => (method === 'PATCH' ? { status: code } : undefined));
  const error = await failing(cluster.changeConfigMap(seen, CHANGE));
  expect(error.failure.effect).toBe(code === 429 ? 'none' : 'unknown');
  expect(double.requests.length).toBe(1);
  await double.stop();
});

test('an answer that is lost after the write: nobody knows, and a look tells', async () => {
  const { double, cluster } = await doubled();
  const seen = (await cluster.configMap(AT)) as ConfigMap;
  const off = double.onRequest(({ method }) =>
    method === 'PATCH' ? { drop: 'after' } : undefined,
  );
  const error = await failing(cluster.changeConfigMap(seen, CHANGE));
  expect(error.failure).toMatchObject({ reason: 'unanswered', effect: 'unknown' });
  off();
  expect((await cluster.configMap(AT))?.data.get('llm')).toBe('2');
  await double.stop();
});

test.each([
  ['reads', 'GET'],
  ['writes', 'PATCH'],
])('what %s is asked again where it is refused by a server that was away', async (_, what) => {
  const { double, cluster } = await doubled();
  const seen = (await cluster.configMap(AT)) as ConfigMap;
  let refused = 0;
  const refuse = () =>
    double.onRequest(({ method }) =>
      method === what && refused++ < 2 ? { status: 403 } : undefined,
    );
  const ask = () =>
    what === 'GET' ? cluster.configMap(AT) : cluster.changeConfigMap(seen, CHANGE);
  // One that was there all the while is believed.
  let off = refuse();
  expect((await failing(ask())).failure).toMatchObject({ reason: 'denied', status: 403 });
  off();
  refused = 0;
  await double.stop();
  await failing(cluster.configMap(AT));
  await double.restart();
  off = refuse();
  expect((await ask())?.name).toBe('models');
  expect(refused).toBe(3);
  // And so is one that goes on to refuse.
  refused = Number.NEGATIVE_INFINITY;
  expect((await failing(ask())).failure).toMatchObject({ reason: 'denied', status: 403 });
  off();
  await double.stop();
});

test('nothing was sent to a server that is not there', async () => {
  const { double, cluster } = await doubled();
  const seen = (await cluster.configMap(AT)) as ConfigMap;
  await double.stop();
  const error = await failing(cluster.changeConfigMap(seen, CHANGE));
  expect(error.failure).toEqual({ reason: 'unreachable', effect: 'none' });
  expect(error.message).toContain('nothing listens there [ECONNREFUSED].');
});

test('time is over, and the signal', async () => {
  const { url } = await serving(() => undefined);
  const cluster = await clusterAt(url);
  const error = await failing(cluster.configMap(AT, { within: 50 }));
  expect(error.failure).toEqual({ reason: 'unanswered', effect: 'none' });
  expect(error.message).toContain('no answer came in time');
  const stop = new AbortController();
  const asking = cluster.configMap(AT, { signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(asking).rejects.toThrow('enough');
});

test('connections are kept', async () => {
  const { double, cluster } = await doubled();
  const ports = new Set<unknown>();
  const { url, server } = await serving((response) => json(response, 200, { metadata: {} }));
  server.on('connection', ({ remotePort }) => ports.add(remotePort));
  const one = await clusterAt(url);
  for (let index = 0; index < 10; index++) await one.configMap(AT);
  expect(ports.size).toBe(1);
  await cluster.close();
  await double.stop();
});

test.each([
  [undefined, 0],
  ['3', 3000],
  ['-1', 0],
  ['soon', 0],
  ['Thu, 01 Jan 1970 00:00:10 GMT', 9000],
  ['Thu, 01 Jan 2099 00:00:10 GMT', 60_000],
])('Retry-After: %s', (value, expected) => {
  expect(retryAfter(value, 1000)).toBe(expected);
});
