import { expect, onTestFinished, test } from 'vitest';
import { localConnection } from '../connection/connection.ts';
import { openDispatchers, PATIENCE } from './dispatchers.ts';
import { exchange } from './exchange.ts';
import { FORBIDDEN_NETWORK, type Resolve } from './public-only.ts';
import { serve } from './serving.fixture.ts';

const HOME = 'http://registry.example:5000';

/** Asks a server on this machine by a name of its own. */
async function asking(name: string, addresses: readonly string[]) {
  const { port, seen } = await serve((response) => response.end('{}'));
  const resolve: Resolve = async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const dispatchers = openDispatchers(localConnection(HOME), PATIENCE, resolve);
  onTestFinished(() => dispatchers.destroy());
  const origin = `http://${name}:${port}`;
  const { signal } = new AbortController();
  const outcome = await exchange(
    await dispatchers.of(origin),
    { origin, path: '/', method: 'GET', headers: {} },
    { ...PATIENCE, within: 10_000, maxBytes: 100, signal },
  );
  return { outcome, seen };
}

test.each([
  ['this machine', ['127.0.0.1']],
  ['this machine, as IPv6', ['::ffff:127.0.0.1']],
  ['a public address and this machine', ['93.184.215.14', '127.0.0.1']],
  ['the services of a cloud', ['169.254.169.254']],
  ['nothing', []],
])('a name elsewhere that means %s is not connected', async (_, addresses) => {
  const { outcome, seen } = await asking('elsewhere.example', addresses);
  expect(outcome).toEqual({ kind: 'break', sent: false, code: FORBIDDEN_NETWORK });
  expect(seen).toEqual([]);
});
