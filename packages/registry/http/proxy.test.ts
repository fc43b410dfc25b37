import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { type Connection, localConnection } from '../connection/connection.ts';
import { readProxies } from '../connection/proxies.ts';
import { type Authority, authority } from './certificates.fixture.ts';
import {
  CREATE,
  failing,
  GET,
  hearing,
  json,
  listenOn,
  serve,
  transportTo,
} from './serving.fixture.ts';

let certificates: Authority;
beforeAll(() => {
  certificates = authority();
});

const PROXY_LOGIN = `Basic ${Buffer.from('user:proxy word').toString('base64')}`;

/** Leads every name to this machine: hosts of tests are not to be found elsewhere. */
async function proxy(status = 200) {
  const asked: string[] = [];
  const logins: unknown[] = [];
  const { seen, listener } = hearing((response) => {
    if (status === 200) json(response, 200, { by: 'proxy' });
    else response.writeHead(status).end();
  });
  const server = createServer(listener);
  server.on('connect', ({ url = '', headers }, client) => {
    asked.push(url);
    logins.push(headers['proxy-authorization']);
    client.on('error', () => {});
    if (status !== 200) return client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const target = connect(Number(url.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    return target.on('error', () => client.destroy());
  });
  const port = await listenOn(server);
  return { variable: `user:proxy%20word@127.0.0.1:${port}`, asked, logins, seen };
}

async function served() {
  const { seen, listener } = hearing((response) => json(response, 200, { by: 'server' }));
  const tls = { ...certificates.server, ...certificates.other };
  const port = await listenOn(createTlsServer(tls, listener));
  return { url: `https://elsewhere.example:${port}`, port, seen };
}

const through = (url: string, variables: Record<string, string>): Connection => {
  const { proxies, secrets } = readProxies(variables);
  const tls = { insecure: false, ca: certificates.cert };
  return {
    ...localConnection(url, 'token-of-ours'),
    tls,
    proxies,
    secrets: ['token-of-ours', ...secrets],
  };
};

test('a tunnel leads to a server with TLS, and the proxy sees none of it', async () => {
  const { url, port, seen } = await served();
  const { variable, asked, logins, seen: read } = await proxy();
  const transport = transportTo(
    through(url, { HTTPS_PROXY: variable, NO_PROXY: '.other.example' }),
  );
  const replies = [await transport.send(GET), await transport.send(CREATE)];
  expect(replies.map(({ body }) => Buffer.from(body).toString())).toEqual([
    '{"by":"server"}',
    '{"by":"server"}',
  ]);
  expect(seen.map(({ headers }) => headers['proxy-authorization'])).toEqual([undefined, undefined]);
  expect([asked, logins, read]).toEqual([[`elsewhere.example:${port}`], [PROXY_LOGIN], []]);
});

test('a server without TLS is asked by the proxy', async () => {
  const { variable, asked, seen } = await proxy();
  const transport = transportTo(
    through('http://elsewhere.example:5000/px', { http_proxy: variable }),
  );
  expect((await transport.send(GET)).status).toBe(200);
  expect(asked).toEqual([]);
  expect(seen).toMatchObject([
    {
      url: 'http://elsewhere.example:5000/px/api/x',
      headers: {
        host: 'elsewhere.example:5000',
        'proxy-authorization': PROXY_LOGIN,
        authorization: 'Bearer token-of-ours',
      },
    },
  ]);
});

test('this machine is never behind a proxy', async () => {
  const { url, seen } = await serve((response) => json(response, 200, {}));
  const { variable, asked, seen: read } = await proxy();
  await transportTo(through(url, { HTTP_PROXY: variable, HTTPS_PROXY: variable })).send(GET);
  expect([seen.length, asked, read]).toEqual([1, [], []]);
});

test.each([
  ['https://elsewhere.example', 'HTTPS_PROXY'],
  ['http://elsewhere.example', 'HTTP_PROXY'],
])('a proxy that wants a login on the way to %s', async (url, name) => {
  const { variable } = await proxy(407);
  const error = await failing(transportTo(through(url, { [name]: variable })).send(CREATE));
  expect(error.failure).toEqual({ reason: 'denied', effect: 'none', status: 407 });
  expect(error.problems[0]?.hint).toContain('the address of the proxy');
  expect(JSON.stringify([error.message, error.stack, error.problems])).not.toMatch(/proxy.word/);
});

test('a proxy that is not there', async () => {
  const connection = through('https://elsewhere.example', { HTTPS_PROXY: 'http://127.0.0.1:1' });
  const error = await failing(transportTo(connection).send(CREATE));
  expect(error.failure).toEqual({ reason: 'unreachable', effect: 'none' });
  expect(error.message).toContain('ECONNREFUSED');
});

test.each([502, 503])('a proxy that finds nobody answers a creation with %s', async (status) => {
  const { variable } = await proxy(status);
  const connection = through('https://elsewhere.example', { HTTPS_PROXY: variable });
  const error = await failing(transportTo(connection).send(CREATE));
  expect(error.failure).toEqual({ reason: 'unreachable', effect: 'none' });
});
