import { expect, test } from 'vitest';
import { RegistryError } from '../registry/error.ts';
import { Bench, errorOf, LEASE, never, wording } from './ledger.fixture.ts';
import { Claimed, Unsealed } from './ledger.ts';

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
    'tag passmuster.record',
    'versions',
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

test('a record links to the last that is known already, and asks for none', async () => {
  const bench = new Bench();
  const { process, ledger } = bench.member();
  await bench.done({ process, ledger }, '1');
  const { newest, history } = await bench.until(ledger.whole(never));
  const last = history({ environment: 'production' }).sealed.at(-1);
  const held = await bench.take({ process, ledger });
  expect([newest, held.number]).toEqual([1, '2']);
  const before = process.calls.length;
  await bench.until(held.record({ to: '2' }, { last }));
  expect(process.calls.slice(before)).toEqual(['tag passmuster.record']);
  await bench.until(held.seal('done', {}));
  const { sealed, problems } = (await bench.until(ledger.whole(never))).history({
    environment: 'production',
  });
  expect(problems).toEqual([]);
  expect(sealed.at(-1)?.previous).toEqual({ number: '1', digest: last?.digest });
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

/** A server that gives no reply, to calls of this name from when it is told to. */
function failing(wanted: string) {
  const fault = { isOn: false };
  const refusal = (name: string) => (fault.isOn && name === wanted ? unanswered() : undefined);
  return { fault, refusal };
}

test('an end that gets no reply may be there or not, and that is said', async () => {
  const bench = new Bench();
  const { fault, refusal } = failing('tag passmuster.state');
  const member = bench.member({ refusal });
  const held = await bench.take(member);
  await bench.until(held.record({ to: '1' }));
  fault.isOn = true;
  const error = await errorOf(bench.until(held.seal('done', {})));
  expect(error).toBeInstanceOf(Unsealed);
  expect(error).toMatchObject({ kind: 'upstream', seal: undefined });
  expect(wording(error)).toMatch(
    /^Whether ticket 1 of .* is sealed as done is not known: no reply/,
  );
  expect(await bench.until(held.letGo('failed'))).toBe(true);
  const ticket = await bench.until(member.ledger.ticket('1', never));
  expect(ticket).toMatchObject({ left: 'failed' });
  expect(ticket?.outcome).toBeUndefined();
});

test('where the end is there after all, the ticket is not left', async () => {
  const bench = new Bench();
  const member = bench.member({
    fate: (name) => (name === 'tag passmuster.state' ? 'reply lost' : 'fine'),
  });
  const held = await bench.take(member);
  await bench.until(held.record({ to: '1' }));
  expect(await errorOf(bench.until(held.seal('done', {})))).toBeInstanceOf(Unsealed);
  expect(await bench.until(held.letGo('failed'))).toBe(false);
  const ticket = await bench.until(member.ledger.ticket('1', never));
  expect(ticket).toMatchObject({ outcome: 'done' });
  expect(ticket?.left).toBeUndefined();
});

test('an end without a look after it is written, and its seal is told', async () => {
  const bench = new Bench();
  const { fault, refusal } = failing('versions');
  const member = bench.member({
    refusal: (name) => {
      const error = refusal(name);
      if (name === 'tag passmuster.state') fault.isOn = true;
      return error;
    },
  });
  const held = await bench.take(member);
  await bench.until(held.record({ to: '1' }));
  const error = await errorOf(bench.until(held.seal('done', {})));
  fault.isOn = false;
  const ticket = await bench.until(member.ledger.ticket('1', never));
  expect(ticket?.outcome).toBe('done');
  expect(error).toMatchObject({ name: 'Unsealed', seal: { number: '1', digest: ticket?.digest } });
  expect(wording(error)).toMatch(/is sealed as done, but could not be looked at afterwards/);
  expect(await bench.until(held.letGo('failed'))).toBe(false);
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

test('a look of its own goes with the look before an effect, and decides it', async () => {
  const bench = new Bench();
  const member = bench.member();
  const held = await bench.take(member);
  await bench.until(held.record({ to: '1' }));
  const seen: string[] = [];
  const carryOut = async (_: unknown, what: string) => seen.push(what);
  await bench.until(held.effect(carryOut, async () => 'the world'));
  const odd = new Error('somebody else was here');
  const refused = held.effect(carryOut, () => Promise.reject(odd)).catch((error) => error);
  expect(await bench.until(refused)).toBe(odd);
  expect(seen).toEqual(['the world']);
});

test('one that says that it has gone is taken over sooner, and its word is kept', async () => {
  const bench = new Bench();
  const [one, other] = [bench.member(), bench.member({ actor: 'bob' })];
  const held = await bench.take(one);
  await bench.until(held.record({ to: '1' }));
  await bench.until(held.letGo('SIGTERM'));
  expect((await bench.until(one.ledger.ticket('1', never)))?.left).toBe('SIGTERM');
  const began = other.process.clock.elapsed();
  const next = await bench.take(other, {
    answerFor: async () => ({ outcome: 'put-back', result: {} }),
  });
  expect(other.process.clock.elapsed() - began).toBeLessThan(LEASE);
  await bench.until(next.letGo());
});
