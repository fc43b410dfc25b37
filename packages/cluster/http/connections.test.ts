import { once } from 'node:events';
import { createServer as createPlain, type IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { folderWith, kubeconfig, openingOf } from '../connection/opening.fixture.ts';
import { failing } from '../kubernetes/cluster.fixture.ts';
import { clusterOpener } from '../open.ts';
import type { Variables } from '../opening.ts';
import { type Authority, authority } from './certificates.fixture.ts';

let signer: Authority;
beforeAll(() => {
  signer = authority();
});

const AT = { namespace: 'ml', name: 'llm' };
const base64 = (text: string): string => Buffer.from(text).toString('base64');

async function portOf(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const answer = (request: IncomingMessage) => {
  const name = (request.socket as TLSSocket).getPeerCertificate?.()?.subject?.CN ?? 'nobody';
  return JSON.stringify({ metadata: { name } });
};

/** With TLS; says the name of who asks. */
const secure = (pair: { cert: string; key: string }, asks = false) =>
  portOf(
    createServer(
      { ...pair, ca: signer.cert, requestCert: asks, rejectUnauthorized: asks },
      (request, response) => response.end(answer(request)),
    ),
  );

/** Opens a way to that port, whatever host was asked for. */
async function proxyTo(port: number) {
  const asked: string[] = [];
  const proxy = createPlain();
  proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    const way = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      way.pipe(socket).pipe(way);
    });
    way.on('error', () => socket.destroy());
    socket.on('error', () => way.destroy());
  });
  return { asked, port: await portOf(proxy) };
}

async function opened(
  cluster: Record<string, unknown>,
  user: Record<string, unknown> = {},
  variables: Variables = {},
) {
  const folder = folderWith({ config: kubeconfig({ cluster, user }) });
  const opening = openingOf({ kubeconfig: `${folder}/config` }, { variables });
  const one = await clusterOpener(opening)();
  onTestFinished(() => one.close());
  return one;
}

const trusted = (port: number, host = '127.0.0.1') => ({
  server: `https://${host}:${port}`,
  'certificate-authority-data': base64(signer.cert),
});

test('an authority of one’s own, and the certificate of another host', async () => {
  const good = await opened(trusted(await secure(signer.server)));
  expect((await good.configMap(AT))?.name).toBe('nobody');
  const other = await opened(trusted(await secure(signer.other)));
  const error = await failing(other.configMap(AT));
  expect(error.failure).toEqual({ reason: 'unreachable', effect: 'none', lasting: true });
  expect(error.message).toContain('its certificate is for another host');
  const named = { ...trusted(await secure(signer.other)), 'tls-server-name': 'elsewhere.example' };
  expect((await (await opened(named)).configMap(AT))?.name).toBe('nobody');
});

test('a certificate of the user, and none where one is wanted', async () => {
  const port = await secure(signer.server, true);
  const inside = {
    'client-certificate-data': base64(signer.client.cert),
    'client-key-data': base64(signer.client.key),
  };
  expect((await (await opened(trusted(port), inside)).configMap(AT))?.name).toBe('client');
  const error = await failing((await opened(trusted(port))).configMap(AT));
  expect(error.failure.reason).toMatch(/denied|unanswered/);
});

test('through the proxy of the variables, or of the kubeconfig', async () => {
  const target = await secure(signer.server);
  const { asked, port } = await proxyTo(target);
  const proxy = `http://me:pass@127.0.0.1:${port}`;
  const sni = { ...trusted(443, 'api.invalid'), 'tls-server-name': 'localhost' };
  const byVariable = await opened(sni, {}, { HTTPS_PROXY: proxy });
  expect((await byVariable.configMap(AT))?.name).toBe('nobody');
  expect((await byVariable.configMap(AT))?.name).toBe('nobody');
  const own = await opened({ ...sni, 'proxy-url': proxy }, {}, { NO_PROXY: '*' });
  expect((await own.configMap(AT))?.name).toBe('nobody');
  const login = `Basic ${base64('me:pass')}`;
  expect(asked).toEqual([`api.invalid:443 ${login}`, `api.invalid:443 ${login}`]);
});

test('a proxy that refuses', async () => {
  const proxy = createPlain();
  proxy.on('connect', (_, socket: Socket) => socket.end('HTTP/1.1 407 Login\r\n\r\n'));
  const port = await portOf(proxy);
  const variables = { HTTPS_PROXY: `http://127.0.0.1:${port}` };
  const error = await failing(
    (await opened(trusted(443, 'api.invalid'), {}, variables)).configMap(AT),
  );
  expect(error.failure).toMatchObject({ reason: 'denied', status: 407 });
  expect(error.problems[0]?.hint).toContain('the address of the proxy');
});
