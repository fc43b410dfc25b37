import { expect, test } from 'vitest';
import {
  CREATE,
  failing,
  GET,
  json,
  type Respond,
  SET,
  serve,
  serveRaw,
  skippingClock,
  text,
  transportTo,
} from './serving.fixture.ts';
import type { Ask } from './transport.ts';

const coded = (status: number, code: string): Respond => {
  return (response) => json(response, status, { error_code: code, message: 'x' });
};
const page = (status: number, headers = {}): Respond => {
  return (response) => text(response, status, '<p>x</p>', headers);
};
const cut: Respond = (response) => response.destroy();

/** Fails so many times, then says yes. */
const failingFirst = (times: number, fail: Respond): Respond => {
  return (response, seen, count) =>
    count <= times ? fail(response, seen, count) : json(response, 200, {});
};

const REPEATED: [string, Respond][] = [
  ['408', page(408)],
  ['425', page(425)],
  ['429', page(429)],
  ['500 without a code', page(500)],
  ['502', page(502)],
  ['503', page(503)],
  ['503 of a database', coded(503, 'TEMPORARILY_UNAVAILABLE')],
  ['504', page(504)],
  ['a connection that is cut', cut],
];

test.each(REPEATED)('%s is tried again where that is safe', async (_, fail) => {
  for (const ask of [GET, SET]) {
    const { url, seen } = await serve(failingFirst(3, fail));
    const clock = skippingClock();
    expect((await transportTo(url, { clock }).send(ask)).status).toBe(200);
    expect(seen.length).toBe(4);
    expect(clock.slept).toEqual([500, 1000, 2000]);
  }
});

test.each(REPEATED)('%s, for good, is given up after five tries', async (_, fail) => {
  const { url, seen } = await serve(fail);
  const error = await failing(transportTo(url).send(SET));
  expect(error.message).toContain('after 5 tries');
  expect(seen.length).toBe(5);
});

const ONCE: [string, Ask, Respond][] = [
  ['a creation that is cut', CREATE, cut],
  ['a creation that meets 408', CREATE, page(408)],
  ['a creation that meets 500', CREATE, page(500)],
  ['a creation that meets 502', CREATE, page(502)],
  ['a creation that meets 503', CREATE, page(503, { 'retry-after': '1' })],
  ['a creation that meets a database', CREATE, coded(503, 'TEMPORARILY_UNAVAILABLE')],
  ['a bug of the server', GET, coded(500, 'INTERNAL_ERROR')],
  ['a race', SET, coded(400, 'BAD_REQUEST')],
  ['a refusal', SET, coded(400, 'INVALID_PARAMETER_VALUE')],
  ['something missing', GET, coded(404, 'RESOURCE_DOES_NOT_EXIST')],
  ['no right', SET, page(403)],
  ['a conflict', SET, page(409)],
];

test.each(ONCE)('%s is not tried again', async (_, ask, fail) => {
  const { url, seen } = await serve(fail);
  const clock = skippingClock();
  const error = await failing(transportTo(url, { clock }).send(ask));
  expect(seen.length).toBe(1);
  expect(clock.slept).toEqual([]);
  expect(error.message).not.toContain('tries');
});

test.each([429, 425])('a creation that %s turned away at the door comes again', async (status) => {
  const { url, seen } = await serve(failingFirst(2, page(status)));
  expect((await transportTo(url).send(CREATE)).status).toBe(200);
  expect(seen.length).toBe(3);
});

test('a creation that found nobody comes again', async () => {
  const { url, stop } = await serveRaw(() => {});
  stop();
  const clock = skippingClock();
  const error = await failing(transportTo(url, { clock }).send(CREATE));
  expect(error.failure).toEqual({ reason: 'unreachable', effect: 'none' });
  expect(error.message).toContain('nothing listens there [ECONNREFUSED] (after 5 tries)');
  expect(clock.slept.length).toBe(4);
});

test.each([
  ['seconds', '3', 3000, 3500],
  ['a date', () => new Date(Date.now() + 60_000).toUTCString(), 58_000, 61_500],
  ['a date that is past', 'Sun, 01 Nov 2020 00:00:00 GMT', 500, 500],
  ['nonsense', 'soon', 500, 500],
  ['a negative number', '-7', 500, 500],
])('waits for as long as the server asks, by %s', async (_, wait, least, most) => {
  const header = typeof wait === 'string' ? wait : wait();
  const { url } = await serve(failingFirst(1, page(429, { 'retry-after': header })));
  const clock = skippingClock();
  await transportTo(url, { clock }).send(CREATE);
  expect(clock.slept.length).toBe(1);
  expect(clock.slept[0]).toBeGreaterThanOrEqual(least);
  expect(clock.slept[0]).toBeLessThanOrEqual(most);
});

test('a server that asks for more time than there is ends it at once', async () => {
  const { url, seen } = await serve(page(429, { 'retry-after': '99999' }));
  const clock = skippingClock();
  const error = await failing(transportTo(url, { clock, deadline: 60_000 }).send(SET));
  expect(error.failure).toEqual({ reason: 'contended', effect: 'none', status: 429 });
  expect(error.message).toMatch(/\(it asks to wait 99999 s, and \d+ s are left\)/);
  expect(seen.length).toBe(1);
  expect(clock.slept).toEqual([]);
});

test.each([
  ['run', { deadline: 5_000 }, SET],
  ['call', {}, { ...SET, call: { within: 5_000 } }],
])('no pause ends after the time of the %s', async (_, bounds, ask) => {
  const { url, seen } = await serve(page(503));
  const clock = skippingClock();
  const error = await failing(transportTo(url, { clock, ...bounds }).send(ask));
  expect(clock.slept).toEqual([500, 1000, 2000]);
  expect(error.message).toContain('(after 4 tries; no time is left for another try)');
  expect(seen.length).toBe(4);
});

test('one try without an answer leaves the effect of all unknown', async () => {
  const refusal = coded(404, 'RESOURCE_DOES_NOT_EXIST');
  const { url } = await serve((...given) => (given[2] === 1 ? cut : refusal)(...given));
  const error = await failing(transportTo(url).send({ ...SET, method: 'DELETE' }));
  expect(error.failure).toMatchObject({ reason: 'missing', effect: 'unknown' });
  expect(error.message).toContain('after 2 tries');
});

test('nobody there at the last try does not mean that nothing was sent', async () => {
  const { url, stop } = await serveRaw((socket) => {
    stop();
    socket.once('data', () => socket.destroy());
  });
  const error = await failing(transportTo(url).send(SET));
  expect(error.message).toContain('[ECONNREFUSED] (after 5 tries)');
  expect(error.failure).toEqual({ reason: 'unanswered', effect: 'unknown' });
});

test('many requests at a server that fails share one budget', async () => {
  const { url, seen } = await serve(page(503));
  const transport = transportTo(url);
  const errors = await Promise.all(Array.from({ length: 20 }, () => failing(transport.send(GET))));
  expect(seen.length).toBe(20 + 20);
  expect(
    errors.filter(({ message }) => message.includes('too many requests of this run')).length,
  ).toBeGreaterThan(0);
});
