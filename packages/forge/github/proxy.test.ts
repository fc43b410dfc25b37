import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const forge = new URL('./index.ts', import.meta.url).href;
const PROGRAM = `
  const { githubForge } = await import(${JSON.stringify(forge)});
  const clock = { now: Date.now, elapsed: () => 0, sleep: async () => {} };
  const apiUrl = process.env.GITHUB_API_URL;
  const run = { server: apiUrl, repository: 'octo-org/model', id: '1', attempt: '1' };
  const { signal } = new AbortController();
  const { runState } = githubForge({ token: 't', apiUrl, clock });
  process.stdout.write(await runState(run, signal).catch((error) => error.message));
`;

/** A proxy behind which every host is the same GitHub; and what it was asked for. */
async function proxy() {
  const github = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"completed"}');
  }).listen(0, '127.0.0.1');
  const asked: (string | undefined)[] = [];
  const server = createServer().listen(0, '127.0.0.1');
  await Promise.all([once(github, 'listening'), once(server, 'listening')]);
  server.on('connect', (request, client) => {
    asked.push(request.url);
    const through = connect((github.address() as AddressInfo).port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      client.pipe(through).pipe(client);
    });
    for (const socket of [client, through]) socket.on('error', () => {});
  });
  onTestFinished(() => {
    for (const one of [github, server]) one.close();
    github.closeAllConnections();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const ask = async (variables: NodeJS.ProcessEnv) => {
  const env = { PATH: process.env['PATH'], GITHUB_API_URL: 'http://gh.invalid', ...variables };
  const args = ['--input-type=module', '--eval', PROGRAM];
  return (await promisify(execFile)(process.execPath, args, { env })).stdout;
};

test('GitHub is asked through the proxy of the environment', async () => {
  const { address, asked } = await proxy();
  expect(await ask({ http_proxy: address })).toBe('finished');
  expect(asked).toEqual(['gh.invalid:80']);
});

test('and not, where NO_PROXY says so', async () => {
  const { address, asked } = await proxy();
  expect(await ask({ http_proxy: address, no_proxy: 'gh.invalid' })).toMatch(/ENOTFOUND|EAI_AGAIN/);
  expect(asked).toEqual([]);
});
