import { Interrupted } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import { localConnection } from '../connection/connection.ts';
import { CREATE, failing, GET, json, SET, serve, text, transportTo } from './serving.fixture.ts';

const ok = { ok: true };
const bodyText = ({ body }: { body: Uint8Array }): string => Buffer.from(body).toString();

test('a question goes out whole, and its answer comes back whole', async () => {
  const { url, seen } = await serve((response) => json(response, 200, { naïve: '✓' }));
  const connection = localConnection(`${url}/`, 'token-of-ours');
  const transport = transportTo(connection, { userAgent: 'passmuster/1.2.3' });
  const query = [
    ['name', 'a b/&+%ü'],
    ['stages', 'A'],
    ['stages', 'B'],
  ] as const;
  const reply = await transport.send({ ...GET, query });
  expect(reply).toMatchObject({ status: 200, type: 'application/json', date: expect.any(Number) });
  expect(JSON.parse(bodyText(reply))).toEqual({ naïve: '✓' });
  expect(seen).toMatchObject([
    {
      method: 'GET',
      url: '/api/x?name=a%20b%2F%26%2B%25%C3%BC&stages=A&stages=B',
      headers: {
        authorization: 'Bearer token-of-ours',
        'user-agent': 'passmuster/1.2.3',
        'accept-encoding': 'identity',
      },
      body: '',
    },
  ]);
  expect(seen[0]?.headers).not.toHaveProperty('content-type');
  expect(seen[0]?.headers).not.toHaveProperty('x-mlflow-workspace');
});

test.each(['POST', 'PATCH', 'DELETE', 'PUT'] as const)('%s carries JSON', async (method) => {
  const { url, seen } = await serve((response) => json(response, 200, ok));
  await transportTo(url).send({ ...SET, method, json: { name: 'ü' } });
  expect(seen).toMatchObject([
    { method, headers: { 'content-type': 'application/json' }, body: '{"name":"ü"}' },
  ]);
});

test('bytes go as they are', async () => {
  const { url, seen } = await serve((response) => response.writeHead(200).end());
  const reply = await transportTo(url).send({
    ...SET,
    method: 'PUT',
    json: undefined,
    bytes: Buffer.from('a: 1\n'),
  });
  expect(reply).toMatchObject({ status: 200, type: '' });
  expect(reply.body.byteLength).toBe(0);
  expect(seen).toMatchObject([
    { headers: { 'content-type': 'application/octet-stream' }, body: 'a: 1\n' },
  ]);
});

test('one after the other, all go over one connection', async () => {
  const ports: unknown[] = [];
  const { url } = await serve((response) => {
    ports.push(response.socket?.remotePort);
    json(response, 200, ok);
  });
  const transport = transportTo(url);
  for (const ask of [GET, SET, CREATE, GET, SET]) await transport.send(ask);
  expect(ports.length).toBe(5);
  expect(new Set(ports).size).toBe(1);
});

test('at once, all go over a few connections', async () => {
  const CONNECTIONS = 8;
  const ports = new Set<unknown>();
  const held: (() => void)[] = [];
  let most = 0;
  const { url } = await serve((response) => {
    ports.add(response.socket?.remotePort);
    held.push(() => json(response, 200, ok));
    most = Math.max(most, held.length);
    // None is answered before all connections are in use, however slowly they come about.
    if (ports.size === CONNECTIONS) setImmediate(() => held.splice(0).map((answer) => answer()));
  });
  const transport = transportTo(url);
  await Promise.all(Array.from({ length: 40 }, () => transport.send(GET)));
  expect(ports.size).toBe(CONNECTIONS);
  expect(most).toBe(CONNECTIONS);
});

test('close waits for what was begun', async () => {
  const { url } = await serve((response) => setTimeout(() => json(response, 200, ok), 30));
  const transport = transportTo(url);
  const sending = transport.send(GET);
  let answered = false;
  sending.then(() => {
    answered = true;
  });
  await transport.close();
  expect(answered).toBe(true);
});

test('what was never used is closed, too', async () => {
  await transportTo('http://127.0.0.1:1').close();
});

test.each([
  ['by the signal of the run', true],
  ['by the signal of the call', false],
])('stopped %s, it ends with its reason', async (_, ofRun) => {
  const stopping = new AbortController();
  const reason = new Interrupted('SIGTERM');
  const { url } = await serve(() => stopping.abort(reason));
  const { signal } = stopping;
  const transport = transportTo(url, ofRun ? { signal } : {});
  const sending = transport.send(ofRun ? GET : { ...GET, call: { signal } });
  await expect(sending).rejects.toBe(reason);
  await expect(transport.send({ ...GET, call: { signal } })).rejects.toBe(reason);
});

test('stopped between two tries, it sends no more', async () => {
  const stopping = new AbortController();
  const reason = new Interrupted('SIGINT');
  const { url, seen } = await serve((response) => text(response, 503, 'busy'));
  const clock = {
    now: () => 0,
    elapsed: () => 0,
    async sleep(_: number, signal: AbortSignal) {
      stopping.abort(reason);
      signal.throwIfAborted();
    },
  };
  const transport = transportTo(url, { clock, signal: stopping.signal });
  await expect(transport.send(GET)).rejects.toBe(reason);
  expect(seen.length).toBe(1);
});

test('after the deadline of the run nothing is sent', async () => {
  const { url, seen } = await serve((response) => json(response, 200, ok));
  const error = await failing(transportTo(url, { deadline: 0 }).send(CREATE));
  expect(error.failure).toEqual({ reason: 'unreachable', effect: 'none' });
  expect(error.message).toContain('no answer came in time');
  expect(seen).toEqual([]);
});

test('the time of a call is over: whether it took effect is not known', async () => {
  const { url, seen } = await serve(() => {});
  const error = await failing(transportTo(url).send({ ...SET, call: { within: 60 } }));
  expect(error.failure).toEqual({ reason: 'unanswered', effect: 'unknown' });
  expect(error.problems[0]?.hint).toContain('not known');
  expect(seen.length).toBe(1);
});

test('says what was asked, where, what came back and what to do', async () => {
  const { url } = await serve((response) =>
    json(response, 404, {
      error_code: 'RESOURCE_DOES_NOT_EXIST',
      message: 'Registered Model with name=m not found',
    }),
  );
  const what = 'set the alias "champion" of model "m"';
  const error = await failing(transportTo(url).send({ ...SET, what }));
  expect(error.failure).toEqual({
    reason: 'missing',
    effect: 'none',
    code: 'RESOURCE_DOES_NOT_EXIST',
    status: 404,
  });
  expect(error.problems).toEqual([
    {
      message: `Could not set the alias "champion" of model "m" at ${url}: the server answered 404 RESOURCE_DOES_NOT_EXIST, "Registered Model with name=m not found".`,
      hint: 'Check how it is written, and whether it was renamed or deleted.',
    },
  ]);
});

test.each([
  ['nothing', undefined, 401, /No credentials were sent: set MLFLOW_TRACKING_USERNAME/],
  ['a token', 'token-of-ours', 401, /Sent was: a token of our own\. Check that it is still valid/],
  ['a token', 'token-of-ours', 403, /Sent was: a token of our own\. .* EDIT on the model/],
])('denied with %s sent', async (_, token, status, hint) => {
  const { url } = await serve((response) => text(response, status, 'Permission denied'));
  const error = await failing(transportTo(localConnection(url, token)).send(CREATE));
  expect(error.failure).toEqual({ reason: 'denied', effect: 'none', status });
  expect(error.problems[0]?.hint).toMatch(hint);
  expect(error.message).toContain(`the server answered ${status}, "Permission denied".`);
});

test('a server that does not know its own name', async () => {
  const { url } = await serve((response) =>
    text(response, 403, 'Invalid Host header - possible DNS rebinding attack detected'),
  );
  const error = await failing(transportTo(url).send(GET));
  expect(error.problems[0]?.hint).toContain('MLFLOW_SERVER_ALLOWED_HOSTS');
});

test('a reading that fails had no effect, whatever it failed by', async () => {
  const { url } = await serve((response) => text(response, 500, 'x'));
  const error = await failing(transportTo(url).send(GET));
  expect(error.failure).toEqual({ reason: 'unanswered', effect: 'none', status: 500 });
  expect(error.problems[0]?.hint).not.toContain('effect');
});
