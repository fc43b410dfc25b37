import { expect, onTestFinished, test } from 'vitest';
import { localConnection } from '../connection/connection.ts';
import { openDispatchers, PATIENCE } from './dispatchers.ts';
import { exchange, type Limits } from './exchange.ts';
import { serve, serveRaw } from './serving.fixture.ts';

const limits = (rest: Partial<Limits> = {}): Limits => ({
  ...PATIENCE,
  within: 20_000,
  maxBytes: 1_000,
  signal: new AbortController().signal,
  ...rest,
});

async function opened(origin: string) {
  const dispatchers = openDispatchers(localConnection(origin), PATIENCE);
  onTestFinished(() => dispatchers.destroy());
  const dispatcher = await dispatchers.of(origin);
  return (path: string, rest: Partial<Limits> = {}) =>
    exchange(dispatcher, { origin, path, method: 'POST', headers: {}, body: 'x' }, limits(rest));
}

test('what is given up before there is a connection is never sent', async () => {
  const { url, seen } = await serve((response) => response.end('{}'));
  const ask = await opened(url);
  const stopping = new AbortController();
  const stopped = ask('/stopped', { signal: stopping.signal });
  stopping.abort(new Error('enough'));
  await expect(stopped).rejects.toThrow('enough');
  expect(await ask('/late', { within: 0 })).toEqual({
    kind: 'break',
    sent: false,
    code: 'OUT_OF_TIME',
  });
  for (const path of ['/1', '/2']) expect(await ask(path)).toMatchObject({ status: 200 });
  expect(seen.map(({ url }) => url)).toEqual(['/1', '/2']);
});

test('an answer that says that it is too large is not waited for', async () => {
  const { url } = await serveRaw((socket) => {
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n'));
  });
  const ask = await opened(url);
  expect(await ask('/')).toEqual({ kind: 'break', sent: true, code: 'TOO_LARGE' });
});

test('an answer may take longer than any of its pauses', async () => {
  const { url } = await serve((response) => {
    response.writeHead(200);
    let pieces = 0;
    const timer = setInterval(() => {
      response.write('x');
      if (++pieces < 15) return;
      clearInterval(timer);
      response.end();
    }, 100);
  });
  const ask = await opened(url);
  const outcome = await ask('/', { idle: 1_000, headers: 5_000 });
  expect(outcome).toMatchObject({ kind: 'answer', body: Buffer.from('x'.repeat(15)) });
});

test('headers come in small letters, and of two the first', async () => {
  const { url } = await serve((response) => {
    response.writeHead(
      200,
      [
        ['X-One', 'a'],
        ['x-one', 'b'],
        ['__proto__', 'c'],
      ].flat(),
    );
    response.end();
  });
  const outcome = await (await opened(url))('/');
  if (outcome.kind === 'break') throw new Error(outcome.code);
  expect(outcome.headers['x-one']).toBe('a');
  expect(Object.getPrototypeOf(outcome.headers)).toBe(null);
});
