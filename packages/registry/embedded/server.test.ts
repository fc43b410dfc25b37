import { once } from 'node:events';
import { request as ask } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { InputError } from '@passmuster/core/errors.ts';
import { describe, expect, test } from 'vitest';
import { folder, registry } from './registry.fixture.ts';
import { startEmbedded } from './server.ts';

const API = '/api/2.0/mlflow';
const TYPE = { 'content-type': 'application/json' };
const JUST_OK = { status: 200, text: 'OK' };

/** `fetch` sets Host and Origin by itself. */
async function send(url: string, headers: Record<string, string>, method = 'GET', body = '') {
  const request = ask(url, { method, headers, agent: false });
  request.end(body);
  const [response] = await once(request, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode as number, text, headers: response.headers };
}

test('it says who it is', async () => {
  const { url } = await registry();
  const { headers, text } = await send(`${url}/version`, {});
  expect(headers['server']).toBe('passmuster');
  expect(text).toBe('3.17.2+passmuster');
});

describe('who may ask', () => {
  const HOSTS: readonly (readonly [string, number])[] = [
    ['localhost', 200],
    ['127.0.0.1:5000', 200],
    ['[::1]:5000', 200],
    ['10.1.2.3', 200],
    ['192.168.1.1:80', 200],
    ['172.31.0.1', 200],
    ['172.32.0.1', 403],
    ['10.evil.example', 403],
    ['evil.example', 403],
    ['localhost.evil.example', 403],
    ['127.0.0.1.evil.example', 403],
  ];

  test.each(HOSTS)('as %s: %i', async (host, status) => {
    const { url } = await registry();
    expect(await send(`${url}/version`, { host })).toMatchObject({ status });
    expect(await send(`${url}/health`, { host })).toMatchObject(JUST_OK);
  });

  test('a foreign page may read, which its browser hides from it, and never write', async () => {
    const { url } = await registry();
    const create = `${url}${API}/registered-models/create`;
    const own = { ...TYPE, origin: 'http://localhost:3000' };
    for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example']) {
      const answer = await send(create, { ...TYPE, origin }, 'POST', '{"name":"m"}');
      expect(answer).toMatchObject({ status: 403, text: 'Cross-origin request blocked' });
      expect(await send(`${url}/version`, { origin })).toMatchObject({ status: 200 });
    }
    expect(await send(create, own, 'POST', '{"name":"m"}')).toMatchObject({ status: 200 });
  });

  test.each(['', 'two words', 'l\u00f6ve'])(
    'the token %j could never be brought',
    async (token) => {
      await expect(registry({ token })).rejects.toThrow('no header can carry');
    },
  );

  test('with a token, only those who bring it', async () => {
    const token = 'a-very-secret-token';
    const { url } = await registry({ token });
    const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;
    for (const [authorization, status] of [
      [`Bearer ${token}`, 200],
      [`bearer ${token}`, 200],
      [basic(`whoever:${token}`), 200],
      [basic(`:${token}`), 200],
      [basic(token), 401],
      [`Bearer ${token}x`, 401],
      ['Bearer', 401],
      [basic('whoever:'), 401],
    ] as const) {
      const answer = await send(`${url}/version`, { authorization });
      expect(answer, authorization).toMatchObject({ status });
      expect(answer.text).not.toContain(token);
    }
    const answer = await send(`${url}/version`, {});
    expect(answer.headers['www-authenticate']).toMatch(/^Basic /);
    expect(await send(`${url}/health`, {})).toMatchObject(JUST_OK);
  });
});

describe('where it listens', () => {
  test.each(['0.0.0.0', '::', '192.168.1.1', 'localhost.example'])(
    'not on %s without a token',
    async (host) => {
      const file = join(await folder(), 'registry.db');
      const start = startEmbedded({ file, host, port: 0 });
      await expect(start).rejects.toThrow(/would be open to everybody/);
    },
  );

  test('an empty token is none', async () => {
    const file = join(await folder(), 'registry.db');
    const start = startEmbedded({ file, host: '0.0.0.0', port: 0, token: '' });
    await expect(start).rejects.toThrow(InputError);
  });

  test('a port that is taken is named', async () => {
    const { url } = await registry();
    const port = Number(new URL(url).port);
    const file = join(await folder(), 'registry.db');
    const start = startEmbedded({ file, host: '127.0.0.1', port });
    await expect(start).rejects.toThrow(`port ${port}: another program listens there already`);
  });
});

describe('what is too much', () => {
  const large = 'x'.repeat(8 * 1024 * 1024 + 1);

  test('a body, whether its size was announced or not', async () => {
    const { url } = await registry();
    const create = `${url}${API}/registered-models/create`;
    const stream = new Blob([large]).stream();
    for (const body of [large, stream]) {
      const options = { method: 'POST', headers: TYPE, body, duplex: 'half' };
      const response = await fetch(create, options as RequestInit);
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ message: /at most 8 MiB/ });
    }
  });

  test('a file', async () => {
    const { url } = await registry();
    const file = `${url}/api/2.0/mlflow-artifacts/artifacts/a`;
    const most = new Uint8Array(32 * 1024 * 1024).fill(7);
    expect(await fetch(file, { method: 'PUT', body: most })).toMatchObject({ status: 200 });
    expect(new Uint8Array(await (await fetch(file)).arrayBuffer())).toEqual(most);
    const more = await fetch(file, { method: 'PUT', body: new Uint8Array(most.length + 1) });
    expect(more.status).toBe(413);
  });
});

test('what nests deeply or is no text is a wrong value and no failure', async () => {
  const { url } = await registry();
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  for (const name of [deep, '"\\ud800"', '{}', '1e999', 'true']) {
    const body = `{"name":${name}}`;
    const options = { method: 'POST', headers: TYPE, body };
    const response = await fetch(`${url}${API}/registered-models/create`, options);
    expect(response.status, name.slice(0, 10)).toBe(400);
  }
});

describe('the end', () => {
  test('waits for what has begun, and takes nothing new', async () => {
    const server = await registry();
    const { port } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1');
    const body = '{"name":"late"}';
    socket.write(
      `POST ${API}/registered-models/create HTTP/1.1\r\nHost: localhost\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    await fetch(`${server.url}/health`);
    const closed = server.close();
    socket.write(body);
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    await closed;
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(answer.toLowerCase()).toContain('connection: close');
    await expect(fetch(`${server.url}/health`)).rejects.toThrow();
  });

  test('comes once, however often it is asked for', async () => {
    const server = await registry();
    await Promise.all([server.close(), server.close()]);
  });
});
