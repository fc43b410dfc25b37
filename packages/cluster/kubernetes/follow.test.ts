import { setTimeout as sleep } from 'node:timers/promises';
import type { Workload } from '@passmuster/core/cluster/workload.ts';
import { expect, test } from 'vitest';
import { bearer } from '../connection/access.ts';
import { type Double, startDouble } from '../double/double.ts';
import { failing, json, serving, skippingClock, status } from './cluster.fixture.ts';
import { follow } from './follow.ts';
import { openTransport } from './transport.ts';

const REF = { kind: 'Deployment', namespace: 'default', name: 'stable' } as const;
const LABELS = { app: 'stable' };
const DRAFT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'stable' },
  spec: {
    replicas: 0,
    selector: { matchLabels: LABELS },
    template: {
      metadata: { labels: LABELS },
      spec: { containers: [{ name: 'main', image: 'registry.invalid/x' }] },
    },
  },
};

/** Follows, with few milliseconds where there are seconds in the world. */
function following(url: string, token: string) {
  const clock = skippingClock();
  const access = {
    address: url,
    login: 'a token',
    credentials: async () => bearer(token),
    renew: () => false,
  };
  const means = { variables: {}, clock, random: () => 0.5, hide: () => undefined };
  const transport = openTransport(access, means);
  const off = new AbortController();
  const seen: (Workload | undefined)[] = [];
  const done = (async () => {
    const all = follow(transport, REF, off.signal, { clock, random: () => 0.5, idle: 200 });
    for await (const workload of all) seen.push(workload);
  })();
  done.catch(() => undefined);
  return {
    seen,
    done,
    clock,
    async until(fits: (workload: Workload | undefined) => boolean): Promise<void> {
      for (const end = Date.now() + 20_000; !seen.some(fits); await sleep(5)) {
        if (Date.now() > end) throw new Error('Nothing that fits was seen.');
      }
    },
    async stop() {
      off.abort();
      await done;
      await transport.close();
    },
  };
}

async function doubled(): Promise<{ double: Double; its: ReturnType<typeof following> }> {
  const double = await startDouble();
  double.put(DRAFT);
  const its = following(double.url, double.admin);
  await its.until((workload) => workload?.observed === 1);
  return { double, its };
}

const pause = (double: Double) =>
  double.change('Deployment', 'default', 'stable', { spec: { paused: true } });
const isPaused = (workload: Workload | undefined) => workload?.isPaused === true;

test.each<[string, (double: Double) => unknown]>([
  ['nothing', () => undefined],
  ['silence', (double) => double.silence()],
  ['the end of all watches', (double) => double.endWatches()],
  [
    'a server that forgets and ends all watches',
    (double) => {
      double.forgetHistory();
      double.endWatches();
    },
  ],
  ['a restart', (double) => double.restart()],
  [
    'a restart with a change while it is away',
    async (double) => {
      await double.stop();
      await sleep(50);
      await double.restart();
    },
  ],
  [
    'one list that fails',
    (double) => {
      let count = 0;
      double.onRequest(() => (count++ < 5 ? { status: 503 } : undefined));
      double.endWatches();
    },
  ],
  [
    'a connection that is cut',
    (double) => {
      let count = 0;
      double.onRequest(() => (count++ < 2 ? { drop: 'before' } : undefined));
      double.endWatches();
    },
  ],
])('%s does not keep a change from who follows', async (_, happens) => {
  const { double, its } = await doubled();
  await happens(double);
  // Watches that have ended are closed by then.
  await sleep(10);
  pause(double);
  await its.until(isPaused);
  await its.stop();
  await double.stop();
});

test('one and the same is told once, however often it is listed', async () => {
  const { double, its } = await doubled();
  // What is told of its beginning is over by then.
  await sleep(150);
  const before = its.seen.length;
  double.silence();
  await sleep(700);
  expect(its.seen.length).toBe(before);
  const lists = double.requests.filter(({ query }) => query['watch'] === undefined);
  expect(lists.length).toBeGreaterThan(2);
  await its.stop();
  expect(double.openWatches).toBeLessThan(2);
  await double.stop();
});

test('bookmarks move it on, and are told to nobody', async () => {
  const { double, its } = await doubled();
  // What is told of its beginning is over by then.
  await sleep(150);
  const before = its.seen.length;
  double.bookmark();
  await sleep(20);
  expect(its.seen.length).toBe(before);
  await its.stop();
  await double.stop();
});

test('who is nobody any more is told so at the next request', async () => {
  const { double, its } = await doubled();
  double.revoke(double.admin);
  double.endWatches();
  expect((await failing(its.done)).failure).toMatchObject({ reason: 'denied', status: 401 });
  await double.stop();
});

test('a server that is none stops it', async () => {
  const { url } = await serving((response) => response.writeHead(404).end('404 page not found'));
  const its = following(url, 'x');
  expect((await failing(its.done)).failure.reason).toBe('unsupported');
});

test('while it fails, pauses grow up to ten seconds', async () => {
  const { url } = await serving((response) =>
    json(response, 500, status(500, 'InternalError', 'x')),
  );
  const its = following(url, 'x');
  while (its.clock.slept.length < 40) await sleep(5);
  await its.stop();
  const longest = Math.max(...its.clock.slept);
  expect(longest).toBeGreaterThan(7000);
  expect(longest).toBeLessThanOrEqual(10_000);
});

test('what is no line of a watch is not believed', async () => {
  const list = { metadata: { resourceVersion: '5' }, items: [] };
  const { url, seen } = await serving((response, { url: path }) => {
    if (!path?.includes('watch=true')) return json(response, 200, list);
    response.writeHead(200, { 'content-type': 'application/json' }).write('no json\n');
  });
  const its = following(url, 'x');
  while (seen.length < 4) await sleep(5);
  await its.stop();
  expect(its.seen).toEqual([undefined]);
});
