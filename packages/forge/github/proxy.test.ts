import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Authority, authority } from '@passmuster/registry/http/certificates.fixture.ts';
import { beforeAll, expect, onTestFinished, test } from 'vitest';

const forge = new URL('./index.ts', import.meta.url).href;
const PROGRAM = `
  const { githubForge } = await import(${JSON.stringify(forge)});
  const clock = { now: Date.now, elapsed: () => 0, sleep: async () => {} };
  const { STOP_AFTER: stop, TIMEOUT: timeout, ...variables } = process.env;
  const apiUrl = variables.GITHUB_API_URL;
  const run = { server: apiUrl, repository: 'octo-org/model', id: '1', attempt: '1' };
  const signal = stop ? AbortSignal.timeout(Number(stop)) : new AbortController().signal;
  const options = { token: 't', apiUrl, clock, variables, ...(timeout && { timeout: +timeout }) };
  // What waits for nothing but a signal does not keep a program alive.
  const alive = setInterval(() => {}, 60_000);
  const state = () => githubForge(options).runState(run, signal);
  const said = await state().catch((error) => error.message);
  clearInterval(alive);
  process.stdout.write(said);
`;

/** What a program that asks says; it has to end by itself. */
async function ask(variables: NodeJS.ProcessEnv): Promise<string> {
  const env = { PATH: process.env['PATH'], GITHUB_API_URL: 'http://gh.invalid', ...variables };
  const args = ['--input-type=module', '--eval', PROGRAM];
  return (await promisify(execFile)(process.execPath, args, { env, timeout: 40_000 })).stdout;
}

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const done: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"completed"}');
};

/** A proxy; and what it was asked, without what is said in its tunnels. */
async function proxy(tunnel: (client: Socket, github: number) => void = through) {
  const github = await listen(createTlsServer({ ...certificates.other }, done));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${new URL(request.url ?? '').origin}`);
    done(request, response);
  });
  server.on('connect', ({ method, url, headers }, client) => {
    asked.push([method, url, headers['proxy-authorization']].filter(Boolean).join(' '));
    tunnel(client as Socket, github);
  });
  return { host: `127.0.0.1:${await listen(server)}`, asked };
}

function through(client: Socket, github: number): void {
  const target = connect(github, '127.0.0.1', () => {
    client.write('HTTP/1.1 200 OK\r\n\r\n');
    client.pipe(target).pipe(client);
  });
  target.on('error', () => client.destroy());
  client.on('close', () => target.destroy());
}

const SECURE = 'https://elsewhere.example';
let certificates: Authority;
let trusting: NodeJS.ProcessEnv;
beforeAll(async () => {
  certificates = authority();
  const folder = await mkdtemp(join(tmpdir(), 'passmuster-proxy-'));
  await writeFile(join(folder, 'ca.pem'), certificates.cert);
  trusting = { GITHUB_API_URL: SECURE, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
  return () => rm(folder, { recursive: true });
});

test('GitHub is asked through a tunnel of the proxy of the environment', async () => {
  const { host, asked } = await proxy();
  expect(await ask({ ...trusting, HTTPS_PROXY: `http://${host}` })).toBe('finished');
  expect(asked).toEqual(['CONNECT elsewhere.example:443']);
});

test('which has a name, a password, and no scheme', async () => {
  const { host, asked } = await proxy();
  expect(await ask({ ...trusting, https_proxy: `mona:a%20b@${host}` })).toBe('finished');
  const login = Buffer.from('mona:a b').toString('base64');
  expect(asked).toEqual([`CONNECT elsewhere.example:443 Basic ${login}`]);
});

test('whom the proxy leads to has to prove who it is', async () => {
  const { host } = await proxy();
  const other = { ...trusting, GITHUB_API_URL: 'https://gh.invalid' };
  const said = await ask({ ...other, HTTPS_PROXY: host });
  expect(said).toMatch(/gave no answer: ERR_TLS_CERT_ALTNAME_INVALID\./);
  const untrusted = await ask({ GITHUB_API_URL: SECURE, HTTPS_PROXY: host });
  expect(untrusted).toMatch(/gave no answer: UNABLE_TO_VERIFY_LEAF_SIGNATURE\./);
});

test('a server without TLS is asked by the proxy', async () => {
  const { host, asked } = await proxy();
  expect(await ask({ http_proxy: `http://${host}` })).toBe('finished');
  expect(asked).toEqual(['GET http://gh.invalid']);
});

test.each([
  ['http://gh.invalid', 'gh.invalid'],
  ['https://api.gh.invalid', 'other.example, gh.invalid'],
])('%s is asked itself where NO_PROXY is %s', async (GITHUB_API_URL, NO_PROXY) => {
  const { host, asked } = await proxy();
  const said = await ask({ GITHUB_API_URL, HTTP_PROXY: host, HTTPS_PROXY: host, NO_PROXY });
  expect(said).toMatch(/5 times: (ENOTFOUND|EAI_AGAIN)/);
  expect(asked).toEqual([]);
});

test.each<[string, (client: Socket) => unknown, number, RegExp]>([
  ['refuses', (one) => one.end('HTTP/1.1 407 No\r\n\r\n'), 5, /5 times: ERR_PROXY_TUNNEL/],
  [
    'goes on after it refused',
    (one) => one.write('HTTP/1.1 407 No\r\n\r\n'),
    5,
    /ERR_PROXY_TUNNEL/,
  ],
  ['hangs up', (one) => one.destroy(), 5, /5 times: (ERR_PROXY_TUNNEL|ECONNRESET)/],
  ['says nothing', () => {}, 5, /5 times: no answer in time/],
  ['leads nowhere', (one) => one.write('HTTP/1.1 200 OK\r\n\r\n'), 5, /5 times: no answer in time/],
])('a proxy that %s', async (_, tunnel, times, says) => {
  const { host, asked } = await proxy(tunnel);
  const said = await ask({
    ...trusting,
    HTTPS_PROXY: `http://mona:SECRET@${host}`,
    // Short only where nothing else ends a try: a busy machine is slow to be refused, too.
    TIMEOUT: says.source.includes('in time') ? '300' : '20000',
  });
  expect(said).toMatch(says);
  expect(said).not.toContain('SECRET');
  expect(asked).toHaveLength(times);
});

test('a signal ends a question to a proxy that says nothing', async () => {
  const { host } = await proxy(() => {});
  const said = await ask({ ...trusting, HTTPS_PROXY: host, STOP_AFTER: '500' });
  expect(said).toMatch(/timeout/);
});
