import { expect, test } from 'vitest';
import { RegistryError } from '../registry/error.ts';
import { Bench, errorOf, LEASE, never, wording } from './ledger.fixture.ts';
import { Claimed } from './ledger.ts';

const unanswered = () =>
  new RegistryError({ reason: 'unanswered', effect: 'unknown' }, { message: 'no reply' });

test('record, effect, seal: what is asked for, and what stands there afterwards', async () => {
  const bench = new Bench();
  const { process, ledger } = bench.member();
  await bench.done({ process, ledger }, '1');
  const held = await bench.take({ process, ledger }, { marks: new Map([['to', '2']]) });
  const before = process.calls.length;
  await bench.until(held.record({ to: '2', name: 'größe \u{1f600}' }));
  expect(await bench.until(held.effect(async ({ within }) => within))).toBe(LEASE / 4);
  const seal = await bench.until(held.seal('done', { version: '2' }));
  await bench.until(held.letGo());
  expect(process.calls.slice(before)).toEqual([
    'versions',
    'versions',
    'tag passmuster.record.1',
    'tag passmuster.record',
    'versions',
    'tag passmuster.result.1',
    'tag passmuster.state',
    'versions',
  ]);
  const ticket = await bench.until(ledger.ticket(held.number, never));
  const first = await bench.until(ledger.ticket('1', never));
  expect(ticket).toMatchObject({
    record: { to: '2', name: 'größe \u{1f600}' },
    outcome: 'done',
    result: { version: '2' },
    digest: seal.digest,
    previous: { number: '1', digest: first?.digest },
  });
});

test('a record of any length is kept in parts that every server takes', async () => {
  const bench = new Bench();
  const member = bench.member();
  const held = await bench.take(member);
  const record = { to: '1', long: 'é"\\'.repeat(5_000) };
  await bench.until(held.record(record));
  await bench.until(held.seal('stopped', { why: 'x'.repeat(20_000) }));
  const ticket = await bench.until(member.ledger.ticket('1', never));
  expect(ticket?.record).toEqual(record);
});

test('while it holds it renews, and the others wait', async () => {
  const bench = new Bench();
  const member = bench.member();
  const held = await bench.take(member);
  await bench.pass(10 * LEASE);
  await bench.until(held.stillOurs());
  expect(member.process.calls.filter((name) => name.endsWith('renewed')).length).toBeGreaterThan(
    50,
  );
  await bench.until(held.letGo());
  const after = member.process.calls.length;
  await bench.pass(10 * LEASE);
  expect(member.process.calls.length).toBe(after);
});

test('one that was stopped past its lease finds out before its next effect, and writes nothing', async () => {
  const bench = new Bench();
  const [slow, other] = [bench.member(), bench.member()];
  const held = await bench.take(slow);
  await bench.until(held.record({ to: '1' }));
  slow.process.stop(5 * LEASE);
  const successor = await bench.take(other, {
    answerFor: async () => ({ outcome: 'put-back', result: { version: '0' } }),
  });
  const effects: string[] = [];
  const error = await errorOf(bench.until(held.effect(async () => effects.push('written'))));
  expect(effects).toEqual([]);
  expect(error).toBeInstanceOf(Claimed);
  expect(wording(error)).toContain('was claimed by ticket 2 for "production", taken by alice');
  const written = slow.process.calls.filter((name) => !name.endsWith('renewed')).length;
  await bench.until(held.letGo());
  expect(slow.process.calls.filter((name) => !name.endsWith('renewed')).length).toBe(written);
  await bench.until(successor.letGo());
});

test('one that was claimed while it sealed does not say that it is done', async () => {
  const bench = new Bench();
  const slow = bench.member();
  const held = await bench.take(slow);
  await bench.until(held.record({ to: '1' }));
  slow.process.stop(5 * LEASE);
  await bench.take(bench.member(), {
    answerFor: async () => ({ outcome: 'put-back', result: { version: '0' } }),
  });
  expect(await errorOf(bench.until(held.seal('done', { version: '1' })))).toBeInstanceOf(Claimed);
  const ticket = await bench.until(bench.member().ledger.ticket('1', never));
  expect(ticket).toMatchObject({ outcome: 'put-back', result: { version: '0' } });
});

test('after an effect without a reply it seals when the deadline has passed, not before', async () => {
  const bench = new Bench();
  const member = bench.member();
  const held = await bench.take(member);
  await bench.until(held.record({ to: '1' }));
  await errorOf(bench.until(held.effect(() => Promise.reject(unanswered()))));
  const failed = bench.simulation.time.now;
  await bench.until(held.deadlinePassed());
  expect(bench.simulation.time.now - failed).toBeGreaterThanOrEqual(LEASE / 4 - 1);
  await bench.until(held.seal('done', { version: '1' }));
});

test('no effect begins once the signal has come, but the seal goes through', async () => {
  const bench = new Bench();
  const stop = new AbortController();
  const held = await bench.take(bench.member(), { signal: stop.signal });
  await bench.until(held.record({ to: '1' }));
  stop.abort(new Error('signalled'));
  await expect(bench.until(held.effect(async () => 'written'))).rejects.toThrow('signalled');
  await bench.until(held.seal('put-back', { version: '0' }));
});

test('let go without a record it is void, with one it is left to be claimed', async () => {
  const bench = new Bench();
  const member = bench.member();
  const first = await bench.take(member);
  await bench.until(first.letGo());
  await bench.until(first.letGo());
  const second = await bench.take(member);
  await bench.until(second.record({ to: '1' }));
  await bench.until(second.letGo());
  const { open } = await bench.until(member.ledger.look(never));
  expect(open.map(({ number }) => number)).toEqual(['2']);
  expect((await bench.until(member.ledger.ticket('1', never)))?.outcome).toBe('void');
});

test('a ticket that somebody deleted or sealed by hand is not ours any more', async () => {
  const bench = new Bench();
  const member = bench.member();
  const held = await bench.take(member);
  bench.simulation.store.versions.set(member.ledger.name, []);
  const error = await errorOf(bench.until(held.effect(async () => 'written')));
  expect(wording(error)).toContain('Ticket 1 of the ledger "passmuster.gpt-custom", which is ours');
});

test('its own rules are kept', async () => {
  const bench = new Bench();
  const held = await bench.take(bench.member());
  await expect(bench.until(held.seal('done', {}))).rejects.toThrow(TypeError);
  await bench.until(held.record({}));
  await expect(bench.until(held.record({}))).rejects.toThrow(TypeError);
  await expect(bench.until(held.seal('void', {}))).rejects.toThrow(TypeError);
});
