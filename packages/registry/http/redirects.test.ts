import { expect, test } from 'vitest';
import { localConnection } from '../connection/connection.ts';
import {
  CREATE,
  failing,
  GET,
  json,
  type Respond,
  serve,
  text,
  transportTo,
} from './serving.fixture.ts';

const TOKEN = 'token-of-ours';
const to =
  (location: string, status = 302): Respond =>
  (response) =>
    response.writeHead(status, { location }).end();
const yes: Respond = (response) => json(response, 200, { here: true });

test.each([301, 302, 303, 307, 308])('reading goes on where %s sends it', async (status) => {
  const { url, seen } = await serve((response, one, count) =>
    (one.url.startsWith('/api') ? to('../other/y?z=1', status) : yes)(response, one, count),
  );
  const reply = await transportTo(localConnection(url, TOKEN)).send(GET);
  expect(reply.status).toBe(200);
  expect(seen.map((one) => one.url)).toEqual(['/api/x', '/other/y?z=1']);
  expect(seen[1]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
});

test('another origin gets no credentials, also when it sends back', async () => {
  const there = await serve((response) => to(`${here.url}/back`)(response, none, 1));
  const here = await serve((response, one, count) =>
    (one.url === '/back' ? yes : to(`${there.url}/there`))(response, one, count),
  );
  const none = { method: '', url: '', headers: {}, body: '' };
  const workspaces = { ...localConnection(here.url, TOKEN) };
  await transportTo(workspaces).send(GET);
  expect(here.seen[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  for (const one of [...there.seen, ...here.seen.slice(1)]) {
    expect(one.headers).not.toHaveProperty('authorization');
    expect(JSON.stringify(one.headers)).not.toContain(TOKEN);
  }
  expect([there.seen.length, here.seen.length]).toEqual([1, 2]);
});

test('a refusal behind a redirect names the address to set', async () => {
  const there = await serve((response) => text(response, 401, 'who?'));
  const { url } = await serve(to(`${there.url}/x`));
  const error = await failing(transportTo(localConnection(url, TOKEN)).send(GET));
  expect(error.failure).toEqual({ reason: 'denied', effect: 'none', status: 401 });
  expect(error.problems[0]?.hint).toContain(
    `Set the address to ${there.url}, to which it redirects`,
  );
});

test('a page behind a redirect is taken for a login', async () => {
  const there = await serve((response) => text(response, 200, '<form>Log in</form>'));
  const { url } = await serve(to(`${there.url}/login`));
  const error = await failing(transportTo(url).send(GET));
  expect(error.failure).toEqual({ reason: 'denied', effect: 'none' });
  expect(error.message).toContain('most likely to log in');
});

test.each([
  ['in a circle', '/api/x', 6],
  ['to a file', 'file:///etc/passwd', 1],
  ['to another protocol', 'gopher://127.0.0.1/', 1],
  ['with credentials', 'http://user:word@127.0.0.1:1/', 1],
  ['nowhere', 'http://', 1],
])('%s it is not followed', async (_, location, requests) => {
  const { url, seen } = await serve(to(location));
  const error = await failing(transportTo(url).send(GET));
  expect(error.failure).toEqual({ reason: 'refused', effect: 'none', status: 302 });
  expect(error.problems[0]?.hint).toMatch(/It redirects/);
  expect(JSON.stringify(error.problems)).not.toContain('user:word');
  expect(seen.length).toBe(requests);
});

test.each([
  'http://169.254.169.254/latest/meta-data',
  'http://[::ffff:169.254.169.254]/',
  'http://2852039166/',
  'http://10.0.0.1/',
  'http://[fd00:ec2::254]/',
  'http://0x7f.2/',
  'http://metadata.google.internal/',
  'http://localhost:1/',
  'http://localhost.:1/',
])('%s is no place that a server may send to', async (location) => {
  const { url, seen } = await serve(to(location));
  const error = await failing(transportTo(url).send(GET));
  expect(error.failure).toEqual({ reason: 'unreachable', effect: 'none' });
  expect(error.message).toContain('it redirects into a private network [FORBIDDEN_NETWORK]');
  expect(seen.length).toBe(1);
});

test('what writes is not sent on', async () => {
  const there = await serve(yes);
  const { url } = await serve(to(`${there.url}/x?y`, 308));
  const error = await failing(transportTo(localConnection(url, TOKEN)).send(CREATE));
  expect(error.failure).toEqual({ reason: 'refused', effect: 'none', status: 308 });
  expect(error.problems[0]?.hint).toBe(
    `It redirects to ${there.url}, and what writes is not sent on: set that address.`,
  );
  expect(there.seen).toEqual([]);
});
