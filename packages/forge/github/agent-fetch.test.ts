import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { agentFetch } from './agent-fetch.ts';
import { Unusable } from './unusable.ts';

type Reply = (response: ServerResponse, request: IncomingMessage) => unknown;

/** A server that gives these replies, the last one again and again; what it was asked, and over what. */
async function serve(...replies: readonly Reply[]) {
  const asked: string[] = [];
  const ports = new Set<number | undefined>();
  const server = createServer(async (request, response) => {
    const { method, url, headers, socket } = request;
    ports.add(socket.remotePort);
    asked.push([method, url, headers['content-length'], await text(request)].join(' ').trim());
    replies[Math.min(asked.length, replies.length) - 1]?.(response, request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fetch = agentFetch(origin, {});
  const { signal } = new AbortController();
  const headers = { authorization: 'token SECRET' };
  const ask = (method = 'GET', body?: string) =>
    fetch(`${origin}/a`, { method, headers, body, signal });
  return { origin, asked, ask, connections: () => ports.size };
}

const moved =
  (location: string, status = 301): Reply =>
  (response) =>
    response.writeHead(status, { location }).end('moved');
const done: Reply = (response) => response.writeHead(200, { 'x-a': 'b' }).end('done');

test.each([301, 302, 303, 307, 308])('%d is followed on its server', async (status) => {
  const { ask, asked, connections } = await serve(moved('/repositories/1?x=%20#y', status), done);
  const answer = await ask();
  expect([answer.status, await answer.text(), answer.headers.get('x-a')]).toEqual([
    ...[200, 'done', 'b'],
  ]);
  expect(asked).toEqual(['GET /a', 'GET /repositories/1?x=%20']);
  expect(connections()).toBe(1);
});

test('five moves are followed, and one more is not', async () => {
  const five = Array.from({ length: 5 }, (_, hop) => moved(`/${hop}`));
  expect((await (await serve(...five, done)).ask()).status).toBe(200);
  const loop = await serve(moved('/a'));
  await expect(loop.ask()).rejects.toThrow(new Unusable('it leads on more than 5 times'));
  expect(loop.asked).toHaveLength(6);
});

test.each([
  ['//elsewhere.example/', 'it leads on to elsewhere.example'],
  ['https://127.0.0.1/', 'it leads on to 127.0.0.1'],
  ['file:///etc/passwd', 'it leads on to file:'],
  ['https://', 'it leads on to what is no address'],
])('%s is not followed', async (location, message) => {
  const { ask, asked } = await serve(moved(location));
  await expect(ask()).rejects.toThrow(new Unusable(message));
  expect(asked).toEqual(['GET /a']);
});

test('a name and a password in an address are left behind', async () => {
  let authorization: string | undefined;
  const { origin, ask, asked } = await serve(
    (response) => moved(`${origin.replace('//', '//mona:pw@')}/b`)(response, response.req),
    (response, request) => {
      authorization = request.headers.authorization;
      response.end();
    },
  );
  await ask();
  expect(asked).toEqual(['GET /a', 'GET /b']);
  expect(authorization).toBe('token SECRET');
});

test('another server is not asked', async () => {
  const [one, other] = [await serve(done), await serve(done)];
  const { signal } = new AbortController();
  const asked = agentFetch(one.origin, {})(other.origin, { method: 'GET', headers: {}, signal });
  await expect(asked).rejects.toThrow(Unusable);
  expect(other.asked).toEqual([]);
});

test.each(['POST', 'PATCH', 'DELETE'])(
  '%s is sent with its body, and not led on',
  async (method) => {
    const { ask, asked } = await serve(moved('/b', 307));
    expect((await ask(method, '{"ä":1}')).status).toBe(307);
    expect(asked).toEqual([`${method} /a 8 {"ä":1}`]);
  },
);

test.each<[string, Reply]>([
  ['its length', (response) => response.writeHead(200, { 'content-length': 9 })],
  ['an end', (response) => response.writeHead(200)],
])('a body without %s is no answer', async (_, start) => {
  const { ask } = await serve((response, request) => {
    start(response, request);
    response.write('part', () => response.destroy());
  });
  await expect(ask()).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('a signal that comes in the midst of a body ends it with its reason', async () => {
  const [stop, reason] = [new AbortController(), new Error('enough')];
  const { origin } = await serve((response) => {
    response.writeHead(200).write('part', () => setTimeout(() => stop.abort(reason), 100));
  });
  const asked = agentFetch(origin, {})(origin, { method: 'GET', headers: {}, signal: stop.signal });
  await expect(asked).rejects.toBe(reason);
});

test('an answer is as long as it may be, and not longer', async () => {
  const long = (bytes: number) => serve((response) => response.end('x'.repeat(bytes)));
  const bytes = await (await (await long(4 * 2 ** 20)).ask()).arrayBuffer();
  expect(bytes.byteLength).toBe(4 * 2 ** 20);
  await expect((await long(4 * 2 ** 20 + 1)).ask()).rejects.toThrow(/after 4194304 bytes/);
});
