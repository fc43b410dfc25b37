import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  cut,
  delayed,
  doneBut,
  type Fault,
  instead,
  late,
  lost,
  none,
  page,
  slow,
  truncated,
  twice,
} from './fault.ts';
import { type FaultProxy, startFaults } from './proxy.ts';

const BUSY = { status: 503, headers: { 'retry-after': '2' }, body: 'busy' };

let server: Server;
let proxy: FaultProxy;
/** What the server did. */
let done: string[];

beforeEach(async () => {
  done = [];
  server = createServer(async (incoming, outgoing) => {
    done.push(`${incoming.method} ${incoming.url} ${await text(incoming)}`);
    outgoing.setHeader('content-type', 'application/json');
    outgoing.end(`{"done":${done.length}}`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  await proxy.close();
  server.close();
});

async function through(...faults: Fault[]): Promise<void> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const target = `http://127.0.0.1:${address.port}`;
  proxy = await startFaults(target, (_, nth) => faults[nth - 1] ?? none);
}

interface Got {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

async function put(body: string, path = '/a?b=1'): Promise<Got | 'cut'> {
  try {
    const reply = await fetch(`${proxy.url}${path}`, { method: 'PUT', body });
    return { status: reply.status, body: await reply.text(), headers: reply.headers };
  } catch {
    return 'cut';
  }
}

/** What a request is answered, and how often the server did it. */
const CASES: readonly [string, Fault, { status: number; body: string } | 'cut', number][] = [
  ['nothing', none, { status: 200, body: '{"done":1}' }, 1],
  ['a cut before', cut, 'cut', 0],
  ['a lost reply', lost, 'cut', 1],
  ['a reply that ends early', truncated(3), 'cut', 1],
  ['a reply without a body', truncated(0), 'cut', 1],
  ['another answer', instead(BUSY), { status: 503, body: 'busy' }, 0],
  ['another answer, though done', doneBut(BUSY), { status: 503, body: 'busy' }, 1],
  ['slow bytes', slow(1), { status: 200, body: '{"done":1}' }, 1],
  ['a delay', delayed(1), { status: 200, body: '{"done":1}' }, 1],
  ['a second delivery', twice, { status: 200, body: '{"done":1}' }, 2],
  ['a delivery held back', late, 'cut', 0],
];

test.each(CASES)('%s', async (_, fault, expected, times) => {
  await through(fault);
  const got = await put('x');
  expect(got === 'cut' ? got : { status: got.status, body: got.body }).toEqual(expected);
  expect(done).toEqual(Array(times).fill('PUT /a?b=1 x'));
  expect(proxy.seen).toEqual([
    {
      what: 'PUT /a',
      url: '/a?b=1',
      body: 'x',
      fault: fault.kind,
      answered: Array(times).fill(200),
    },
  ]);
});

test('only the request that the plan names, and the same each time', async () => {
  await through(none, cut);
  expect([await put('1'), await put('2'), await put('3')]).toEqual([
    expect.objectContaining({ status: 200 }),
    'cut',
    expect.objectContaining({ status: 200 }),
  ]);
  expect(await put('other', '/other')).toMatchObject({ status: 200 });
  expect(proxy.seen.map(({ fault }) => fault)).toEqual(['none', 'cut', 'none', 'none']);
});

test('what is held back comes when it is let go, in order', async () => {
  await through(late, late);
  await put('1');
  await put('2');
  await put('3');
  expect(done).toEqual(['PUT /a?b=1 3']);
  await proxy.deliverLate();
  await proxy.deliverLate();
  expect(done.slice(1)).toEqual(['PUT /a?b=1 1', 'PUT /a?b=1 2']);
  expect(proxy.seen.map(({ answered }) => answered)).toEqual([[200], [200], [200]]);
});

test('headers go through both ways, those of an answer in between too', async () => {
  await through(none, instead(BUSY), instead(page(502, 'Bad Gateway')));
  const [first, second, third] = [await put(''), await put(''), await put('')];
  if (first === 'cut' || second === 'cut' || third === 'cut') throw new Error('cut');
  expect(first.headers.get('content-type')).toBe('application/json');
  expect(second.headers.get('retry-after')).toBe('2');
  expect(third.body).toContain('<h1>Bad Gateway</h1>');
});

test('a server that is gone is a cut connection', async () => {
  await through();
  server.close();
  expect(await put('')).toBe('cut');
  expect(proxy.seen[0]?.answered).toEqual([]);
});
