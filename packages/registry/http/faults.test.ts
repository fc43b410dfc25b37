import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { CREATE, failing, GET, SET, serve, serveRaw, transportTo } from './serving.fixture.ts';

const patience = { connect: 2_000, headers: 150, idle: 150 };
const MIB = 1024 * 1024;

/** Says something once the head of a request has come, then perhaps ends. */
const saying = (said: string, end: 'end' | 'reset' | 'stay') => (socket: Socket) => {
  socket.once('data', () => {
    socket.write(said, () => {
      if (end === 'end') socket.end();
      if (end === 'reset') socket.resetAndDestroy();
    });
  });
};

const head = (...lines: string[]): string =>
  ['HTTP/1.1 200 OK', 'content-type: application/json', ...lines, '', ''].join('\r\n');

const FAULTS: [string, string, 'end' | 'reset' | 'stay', RegExp][] = [
  ['closed without a word', '', 'end', /the connection was cut/],
  ['reset without a word', '', 'reset', /the connection was cut/],
  ['cut in the head', 'HTTP/1.1 200 OK\r\ncontent-', 'reset', /the connection was cut/],
  ['shorter than said', `${head('content-length: 100')}{"a":1}`, 'end', /cut|too early/],
  ['cut in a chunk', `${head('transfer-encoding: chunked')}10\r\n{"a":1}`, 'end', /cut|too early/],
  [
    'cut between chunks',
    `${head('transfer-encoding: chunked')}7\r\n{"a":1}\r\n`,
    'end',
    /cut|too early/,
  ],
  [
    'cut where only the end ends it',
    `${head('connection: close')}{"a":1`,
    'end',
    /ended too early/,
  ],
  ['never answered', '', 'stay', /no answer came in time/],
  ['stalled in the head', 'HTTP/1.1 200 OK\r\n', 'stay', /no answer came in time/],
  ['stalled in the body', `${head('content-length: 100')}{"a":`, 'stay', /no answer came in time/],
  ['no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', 'end', /does not speak HTTP/],
];

test.each(FAULTS)('%s: tried again where that is safe', async (_, said, end, message) => {
  let connections = 0;
  const { url } = await serveRaw((socket) => {
    connections++;
    saying(said, end)(socket);
  });
  const error = await failing(transportTo(url, { patience }).send(SET));
  expect(error.failure).toEqual({ reason: 'unanswered', effect: 'unknown' });
  expect(error.message).toMatch(message);
  expect(connections).toBe(5);
});

test.each(FAULTS)('%s: a creation is sent once', async (_, said, end, message) => {
  let received = 0;
  const { url } = await serveRaw((socket) => {
    socket.on('data', () => received++);
    saying(said, end)(socket);
  });
  const error = await failing(transportTo(url, { patience }).send(CREATE));
  expect(error.failure).toEqual({ reason: 'unanswered', effect: 'unknown' });
  expect(error.message).toMatch(message);
  expect(error.problems[0]?.hint).toContain('not known');
  expect(received).toBe(1);
});

test('a body that trickles is waited for only as long as the call may take', async () => {
  const { url } = await serve((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 10);
    response.on('close', () => clearInterval(timer));
  });
  const call = { within: 200 };
  const error = await failing(transportTo(url, { patience }).send({ ...SET, call }));
  expect(error.failure).toEqual({ reason: 'unanswered', effect: 'unknown' });
  expect(error.message).toContain('[OUT_OF_TIME]');
});

test('a body that trickles but ends is taken', async () => {
  const { url } = await serve((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const pieces = [...'{"a":1}'];
    const timer = setInterval(() => {
      const piece = pieces.shift();
      if (piece !== undefined) return response.write(piece);
      clearInterval(timer);
      return response.end();
    }, 5);
  });
  const { body } = await transportTo(url).send(GET);
  expect(Buffer.from(body).toString()).toBe('{"a":1}');
});

test.each([
  ['says', { 'content-length': String(9 * MIB) }],
  ['does not say', {}],
])('an answer that is too large ends, when it %s how large it is', async (_, headers) => {
  let written = 0;
  const { url, seen } = await serve((response) => {
    response.writeHead(200, headers);
    const more = (): void => {
      while (!response.destroyed && written < 64 * MIB) {
        written += MIB;
        if (!response.write(Buffer.alloc(MIB, 'x'))) return;
      }
    };
    response.on('drain', more);
    more();
  });
  const error = await failing(transportTo(url).send(GET));
  expect(error.failure).toEqual({ reason: 'unanswered', effect: 'none', lasting: true });
  expect(error.message).toContain('its answer is larger than what is taken');
  expect(seen.length).toBe(1);
  expect(written).toBeLessThan(64 * MIB);
});

test('how much is taken can be said', async () => {
  const { url } = await serve((response) => response.end('x'.repeat(100)));
  const transport = transportTo(url);
  expect((await transport.send({ ...GET, maxBytes: 100 })).body.byteLength).toBe(100);
  const error = await failing(transport.send({ ...GET, maxBytes: 99 }));
  expect(error.message).toContain('larger');
});

test('of a refusal without end, only the beginning is read', async () => {
  const { url } = await serve((response) => {
    response.writeHead(400, { 'content-type': 'text/plain' });
    const more = (): void => {
      while (!response.destroyed && response.write('no '.repeat(10_000)));
    };
    response.on('drain', more);
    more();
  });
  const error = await failing(transportTo(url).send(SET));
  expect(error.failure).toEqual({ reason: 'refused', effect: 'none', status: 400 });
  expect(error.message).toContain('no no no');
  expect(error.message.length).toBeLessThan(500);
});

test('what is compressed against our wish is not taken for an answer', async () => {
  const { url } = await serve((response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
  });
  const error = await failing(transportTo(url).send(SET));
  expect(error.failure).toEqual({ reason: 'unanswered', effect: 'unknown', lasting: true });
  expect(error.message).toContain('compressed');
});

test('a kept connection that the server has closed costs no creation', async () => {
  const { url, seen } = await serve((response) => {
    response.end('{}', () => response.socket?.end());
  });
  const transport = transportTo(url);
  for (let times = 0; times < 20; times++) {
    await transport.send(CREATE);
    await new Promise((resolve) => setTimeout(resolve, times % 4));
  }
  expect(seen.length).toBe(20);
});
