import { createServer, type ServerOptions } from 'node:https';
import { beforeAll, expect, test } from 'vitest';
import { type Connection, localConnection } from '../connection/connection.ts';
import type { Tls } from '../connection/tls.ts';
import { type Authority, authority } from './certificates.fixture.ts';
import {
  CREATE,
  failing,
  GET,
  hearing,
  json,
  listenOn,
  type Respond,
  serve,
  transportTo,
} from './serving.fixture.ts';

let certificates: Authority;
beforeAll(() => {
  certificates = authority();
});

async function serveTls(
  options: ServerOptions,
  respond: Respond = (response) => json(response, 200, {}),
) {
  const { seen, listener } = hearing(respond);
  const port = await listenOn(createServer(options, listener));
  return { url: `https://127.0.0.1:${port}`, port, seen };
}

const trusting = (url: string, tls: Partial<Tls> = {}): Connection => ({
  ...localConnection(url, 'token-of-ours'),
  tls: { insecure: false, ca: certificates.cert, ...tls },
});

test('an authority that is named is trusted', async () => {
  const { url, seen } = await serveTls(certificates.server);
  expect((await transportTo(trusting(url)).send(GET)).status).toBe(200);
  expect(seen.length).toBe(1);
});

test('nobody looks, where that was asked for', async () => {
  const { url } = await serveTls(certificates.other);
  const connection = { ...localConnection(url), tls: { insecure: true } };
  expect((await transportTo(connection).send(GET)).status).toBe(200);
});

test.each<[string, 'server' | 'other' | 'expired', boolean, string, RegExp]>([
  ['an unknown authority', 'server', false, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', /SERVER_CERT_PATH/],
  ['another host', 'other', true, 'ERR_TLS_CERT_ALTNAME_INVALID', /Check address/],
  ['a day that is past', 'expired', true, 'CERT_HAS_EXPIRED', /SERVER_CERT_PATH/],
])('a certificate of %s: nothing is sent', async (_, which, named, code, hint) => {
  const { url, seen } = await serveTls(certificates[which]);
  const connection = named ? trusting(url) : { ...trusting(url), tls: { insecure: false } };
  const error = await failing(transportTo(connection).send(CREATE));
  expect(error.failure).toEqual({ reason: 'unreachable', effect: 'none' });
  expect(error.message).toContain(`[${code}].`);
  expect(error.problems[0]?.hint).toMatch(hint);
  expect(seen).toEqual([]);
});

test.each([
  ['TLSv1.3', { reason: 'unanswered', effect: 'unknown' }],
  ['TLSv1.2', { reason: 'denied', effect: 'none' }],
] as const)(
  'a client certificate is shown to a server that asks, by %s',
  async (version, failure) => {
    const { server, cert: ca, client } = certificates;
    const asking = { ca, requestCert: true, rejectUnauthorized: true, maxVersion: version };
    const { url, seen } = await serveTls({ ...server, ...asking });
    const both = trusting(url, { client: `${client.key}${client.cert}` });
    expect((await transportTo(both).send(CREATE)).status).toBe(200);
    const error = await failing(transportTo(trusting(url)).send(CREATE));
    expect(error.failure).toEqual(failure);
    expect(error.problems[0]?.hint).toContain('MLFLOW_TRACKING_CLIENT_CERT_PATH');
    expect(seen.length).toBe(1);
  },
);

test('another origin sees neither our certificate nor our trust', async () => {
  const { server, cert: ca, client } = certificates;
  const there = await serveTls({ ...server, ca, requestCert: true, rejectUnauthorized: false });
  const here = await serveTls(server, (response) => {
    response.writeHead(302, { location: `${there.url}/x` }).end();
  });
  const connection = trusting(here.url, { client: `${client.key}${client.cert}` });
  const error = await failing(transportTo(connection).send(GET));
  expect(error.failure.reason).toBe('unreachable');
  expect(there.seen).toEqual([]);
});

test('https does not become http', async () => {
  const there = await serve((response) => json(response, 200, {}));
  const here = await serveTls(certificates.server, (response) => {
    response.writeHead(302, { location: `${there.url}/x` }).end();
  });
  const error = await failing(transportTo(trusting(here.url)).send(GET));
  expect(error.failure).toEqual({ reason: 'refused', effect: 'none', status: 302 });
  expect(there.seen).toEqual([]);
});

test('https where http is spoken, and the other way', async () => {
  const plain = await serve((response) => json(response, 200, {}));
  const tls = await serveTls(certificates.server);
  const wrong = plain.url.replace('http:', 'https:');
  const first = await failing(transportTo(wrong).send(CREATE));
  expect(first.failure).toEqual({ reason: 'unreachable', effect: 'none' });
  expect(first.problems[0]?.hint).toContain('should begin with http://');
  const second = await failing(transportTo(tls.url.replace('https:', 'http:')).send(CREATE));
  expect(second.failure.reason).toBe('unanswered');
});
