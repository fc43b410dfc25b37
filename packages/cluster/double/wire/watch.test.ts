import { expect, onTestFinished, test } from 'vitest';
import { ask, double } from '../double.fixture.ts';
import type { Double } from '../double.ts';
import type { Item } from '../objects.ts';
import { configMap } from '../seeds.ts';

const ALL = '/api/v1/namespaces/default/configmaps';

interface Event {
  readonly type: string;
  readonly object: Item & { readonly code?: number; readonly message?: string };
}

/** The events of a watch, as they come. */
async function watch(server: Double, query: string) {
  const control = new AbortController();
  onTestFinished(() => control.abort());
  const response = await fetch(`${server.url}${ALL}?watch=1&${query}`, {
    headers: { authorization: `Bearer ${server.admin}` },
    signal: control.signal,
  });
  const events: Event[] = [];
  let end: string | undefined;
  const reading = (async () => {
    let text = '';
    try {
      for await (const part of response.body ?? []) {
        text += Buffer.from(part).toString();
        const lines = text.split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) events.push(JSON.parse(line) as Event);
      }
      end = 'ended';
    } catch {
      end = 'broken';
    }
  })();
  return {
    events,
    told: () => events.map(({ type, object }) => `${type} ${object.metadata?.name ?? object.code}`),
    ended: async () => {
      await reading;
      return end;
    },
  };
}

const revision = async (server: Double) => {
  const { as } = await ask(server, { path: ALL });
  return as<{ metadata: { resourceVersion: string } }>().metadata.resourceVersion;
};

test('without a version it begins with what there is', async () => {
  const server = await double();
  server.put(configMap('a', { x: '1' }));
  const watching = await watch(server, '');
  server.change('ConfigMap', 'default', 'a', { data: { x: '2' } });
  server.delete('ConfigMap', 'default', 'a');
  await expect.poll(watching.told).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']);
});

test('from a version it tells what has happened since', async () => {
  const server = await double();
  server.put(configMap('a', {}));
  const from = await revision(server);
  server.put(configMap('b', {}));
  server.delete('ConfigMap', 'default', 'a');
  const watching = await watch(server, `resourceVersion=${from}`);
  await expect.poll(watching.told).toEqual(['ADDED b', 'DELETED a']);
});

test('what leaves a selection is deleted, and comes back as added', async () => {
  const server = await double();
  const watching = await watch(server, 'labelSelector=k%3D1');
  server.put(configMap('a', {}, { labels: { k: '1' } }));
  server.change('ConfigMap', 'default', 'a', { metadata: { labels: { k: '2' } } });
  server.change('ConfigMap', 'default', 'a', { metadata: { labels: { k: '1' } } });
  await expect.poll(watching.told).toEqual(['ADDED a', 'DELETED a', 'ADDED a']);
});

test('from what is forgotten it is expired, inside of the stream', async () => {
  const server = await double();
  const from = await revision(server);
  server.put(configMap('a', {}));
  server.forgetHistory();
  const watching = await watch(server, `resourceVersion=${from}`);
  await watching.ended();
  expect(watching.told()).toEqual(['ERROR 410']);
  expect(watching.events[0]?.object.message).toMatch(/^too old resource version: \d+ \(\d+\)$/);
});

test('its history is bounded', async () => {
  const server = await double({ history: 2 });
  const from = await revision(server);
  for (const name of ['a', 'b', 'c']) server.put(configMap(name, {}));
  const watching = await watch(server, `resourceVersion=${from}`);
  await watching.ended();
  expect(watching.told()).toEqual(['ERROR 410']);
});

test('it ends when its time is over', async () => {
  const watching = await watch(await double(), 'timeoutSeconds=1');
  expect(await watching.ended()).toBe('ended');
});

test('bookmarks come to those who want them', async () => {
  const server = await double();
  const wanting = await watch(server, 'allowWatchBookmarks=true');
  const other = await watch(server, '');
  server.bookmark();
  await expect.poll(() => wanting.events.map(({ type }) => type)).toEqual(['BOOKMARK']);
  expect(wanting.events[0]?.object.metadata.resourceVersion).toBe(await revision(server));
  expect(other.events).toEqual([]);
});

test('a silent server says nothing, until it does', async () => {
  const server = await double();
  const watching = await watch(server, '');
  const speak = server.silence();
  server.put(configMap('a', {}));
  await ask(server, { path: ALL });
  expect(watching.events).toEqual([]);
  speak();
  await expect.poll(watching.told).toEqual(['ADDED a']);
});

test('a restart breaks it; the same version is expired or not, as the history was kept', async () => {
  const server = await double();
  const from = await revision(server);
  server.put(configMap('a', {}));
  const watching = await watch(server, `resourceVersion=${from}`);
  await server.restart({ keepHistory: true });
  expect(await watching.ended()).toBe('broken');
  const kept = await watch(server, `resourceVersion=${from}`);
  await expect.poll(kept.told).toEqual(['ADDED a']);
  await server.restart();
  const lost = await watch(server, `resourceVersion=${from}`);
  await expect.poll(lost.told).toEqual(['ERROR 410']);
});
