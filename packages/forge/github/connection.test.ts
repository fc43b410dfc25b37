import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@passmuster/core/clock.ts';
import { PassmusterError } from '@passmuster/core/errors.ts';
import { expect, onTestFinished, test, vi } from 'vitest';
import { githubForge } from './index.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const TOKEN = 'ghs_SECRET';

/** A clock on which waiting takes no time, and what was waited. */
function patientClock() {
  const naps: number[] = [];
  const elapsed = () => naps.reduce((sum, nap) => sum + nap, 0);
  const clock: Clock = {
    now: () => NOW + elapsed(),
    elapsed,
    async sleep(milliseconds, signal) {
      signal.throwIfAborted();
      naps.push(milliseconds);
    },
  };
  return { clock, naps };
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Reply = (...to: Parameters<RequestListener>) => void;

/** A server that gives these replies, the last one again and again, and a question to ask of it. */
async function replying(...replies: readonly Reply[]) {
  let asked = 0;
  const apiUrl = await serve((request, response) => {
    expect(request.headers.authorization).toBe(`token ${TOKEN}`);
    replies[Math.min(asked++, replies.length - 1)]?.(request, response);
  });
  const { clock, naps } = patientClock();
  const forge = githubForge({ token: TOKEN, apiUrl, clock, variables: {}, timeout: 5_000 });
  const run = { server: apiUrl, repository: 'octo-org/model', id: '1', attempt: '1' };
  const ask = (signal = new AbortController().signal) => forge.runState(run, signal);
  return { ask, naps, asked: () => asked, apiUrl, now: forge.now };
}

const reply =
  (status: number, body: string, headers: Record<string, string> = {}): Reply =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);

const DONE = reply(200, '{"status":"completed"}');
const cut: Reply = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
  response.write('{"status":"comp', () => response.destroy());
};

test.each<[string, Reply, number]>([
  [
    'an error of the server',
    reply(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' }),
    500,
  ],
  ['a connection that is cut', (request) => void request.socket.destroy(), 500],
  ['an answer that is cut short', cut, 500],
  ['a limit with a time', reply(429, '{"message":"x"}', { 'retry-after': '3' }), 3_000],
  ['a limit in words', reply(403, '{"message":"secondary rate limit"}'), 60_000],
])('%s: asked again', async (_, broken, atMost) => {
  const { ask, naps, asked } = await replying(broken, DONE);
  expect(await ask()).toBe('finished');
  expect(asked()).toBe(2);
  expect(naps).toHaveLength(1);
  expect(naps[0]).toBeLessThanOrEqual(atMost);
});

const HOUR = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOW / 1000 + 3_600}` };
const HTML = { 'content-type': 'text/html' };

test.each<[string, Reply, number, RegExp]>([
  ['a server that is down', reply(503, ''), 5, /answered 503, 5 times\./],
  [
    'a server that never answers',
    (request) => void request.socket.destroy(),
    5,
    /gave no answer, 5 times: ECONNRESET/,
  ],
  [
    'a limit for an hour',
    reply(403, '{}', { ...HOUR, date: '' }),
    1,
    /no more requests .* 360\d s/,
  ],
  ['a limit for a day', reply(429, '{}', { 'retry-after': '86400' }), 1, /for 86400 s/],
  ['limits without end', reply(429, '{}'), 2, /for 120 s/],
  ['a page in its place', reply(200, '<html>Log in</html>', HTML), 1, /cannot be used \(200\)/],
  ['broken JSON', reply(200, '{"status":'), 1, /cannot be used \(200\)/],
  ['a refusal', reply(422, '{"message":"No\\u001b such"}'), 1, /\(422, "No\\u\{1b\} such"\)/],
  ['an answer without end', reply(200, `"${'x'.repeat(5e6)}"`), 1, /goes on after 4194304 bytes/],
  ['a token that is not accepted', reply(401, '{}'), 1, /does not accept the token/],
])('%s: given up', async (_, broken, times, message) => {
  const { ask, asked } = await replying(broken);
  const error = await ask().catch((thrown) => thrown);
  expect(error).toBeInstanceOf(PassmusterError);
  expect(error.kind).toBe('upstream');
  expect(error.message).toMatch(message);
  expect(asked()).toBe(times);
  expect(JSON.stringify([error, error.message, error.stack, error.cause])).not.toContain('SECRET');
});

test('a server that moved a repository is followed, and never to another one', async () => {
  const moved = (to: string) => reply(301, '', { location: to });
  const { ask, asked } = await replying(moved('/repositories/1/runs'), DONE);
  expect(await ask()).toBe('finished');
  expect(asked()).toBe(2);
  const elsewhere = await replying(DONE);
  const led = await replying(moved(elsewhere.apiUrl));
  await expect(led.ask()).rejects.toThrow(/gave no answer: it leads on to 127/);
  expect(elsewhere.asked()).toBe(0);
});

test('the time of the server is that of its newest answer, refusals too, and never goes back', async () => {
  const at = (seconds: string) => ({ date: `Sun, 01 Mar 2026 12:00:${seconds} GMT` });
  const { ask, now } = await replying(
    reply(404, '{}', at('40')),
    reply(200, '{"status":"completed"}', at('10')),
    reply(200, '{"status":"completed"}', { date: 'soon' }),
    reply(200, '{"status":"completed"}', at('50')),
  );
  const told: (number | undefined)[] = [now()];
  for (let answers = 0; answers < 4; answers++) {
    await ask();
    told.push(now());
  }
  expect(told).toEqual([undefined, 40_000, 40_000, 40_000, 50_000].map((ms) => ms && NOW + ms));
});

test('a question that is to be withdrawn some day is no matter for the console', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  onTestFinished(() => warned.mockRestore());
  const deprecated = { deprecation: '@1', sunset: 'Sun, 01 Mar 2026 12:00:40 GMT' };
  const { ask } = await replying(reply(200, '{"status":"completed"}', deprecated));
  expect(await ask()).toBe('finished');
  expect(warned).not.toHaveBeenCalled();
});

test('a try that takes too long is broken off, and made again', async () => {
  const apiUrl = await serve(() => {});
  const { clock, naps } = patientClock();
  const forge = githubForge({ token: TOKEN, apiUrl, clock, variables: {}, timeout: 20 });
  const run = { server: apiUrl, repository: 'octo-org/model', id: '1', attempt: '1' };
  const asked = forge.runState(run, new AbortController().signal);
  await expect(asked).rejects.toThrow(/no answer, 5 times: no answer in time/);
  expect(naps).toHaveLength(4);
});

/** A question over a network that only fails. */
async function unreached(code: string) {
  const { clock, naps } = patientClock();
  const cause = Object.assign(new Error(`token ${TOKEN}`), { code });
  const options = { token: TOKEN, apiUrl: 'https://gh.test', clock, variables: {} };
  const forge = githubForge({ ...options, fetch: () => Promise.reject(cause) });
  const { signal } = new AbortController();
  const error = await forge.fileAt('a/b', 'c', undefined, signal).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(PassmusterError);
  expect(error.message).toContain(`GitHub (gh.test) gave no answer`);
  expect(error.message).toContain(code);
  expect(JSON.stringify(error.problems)).not.toContain('SECRET');
  return { tries: naps.length + 1, hint: error.problems[0].hint };
}

test.each(['ECONNREFUSED', 'ENOTFOUND', 'ERR_PROXY_TUNNEL'])('%s may pass', async (code) => {
  expect(await unreached(code)).toMatchObject({
    tries: 5,
    hint: expect.stringContaining('HTTPS_PROXY'),
  });
});

test.each([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
])('%s stays', async (code) => {
  expect(await unreached(code)).toMatchObject({
    tries: 1,
    hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
  });
});

test('a signal ends it with its reason, also while it waits', async () => {
  const stop = new AbortController();
  const reason = new Error('enough');
  const { ask, asked } = await replying((request, response) => {
    stop.abort(reason);
    reply(503, '')(request, response);
  });
  await expect(ask(stop.signal)).rejects.toBe(reason);
  await expect(ask(stop.signal)).rejects.toBe(reason);
  expect(asked()).toBe(1);
});
