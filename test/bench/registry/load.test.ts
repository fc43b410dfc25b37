import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { requestsPerSecond } from './load.ts';

/** A server that answers so, and what came to it. */
async function answering(status: number) {
  const came = { connections: 0, bodies: [] as string[] };
  const server = createServer(async (request, response) => {
    came.bodies.push(Buffer.concat(await request.toArray()).toString());
    response.writeHead(status).end('{}');
  });
  server.on('connection', () => came.connections++);
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, came };
}

const ask = (nth: number) => ({ method: 'POST', path: '/change', json: { nth } }) as const;

test('each connection is kept, and each request is another one', async () => {
  const { url, came } = await answering(200);
  const rate = await requestsPerSecond({ url, ask, connections: 3, seconds: 0.2 });
  expect(rate).toBeGreaterThan(0);
  expect(came.connections).toBe(3);
  expect(new Set(came.bodies).size).toBe(came.bodies.length);
  expect(came.bodies).toContain('{"nth":0}');
});

test('a failure ends it: it may have been a fast one', async () => {
  const { url } = await answering(500);
  const rate = requestsPerSecond({ url, ask, connections: 2, seconds: 0.2 });
  await expect(rate).rejects.toThrow('POST /change was answered with 500: {}');
});
