import { expect, test } from 'vitest';
import { forgeThat } from '../forge.fixture.ts';
import type { Forge } from '../forge.ts';
import { RegistryError } from '../registry/error.ts';
import {
  Bench,
  errorOf,
  LEASE,
  MINUTE,
  MODEL,
  never,
  options,
  request,
  wording,
} from './ledger.fixture.ts';
import type { Waiting } from './ledger.ts';
import { openLedger } from './open.ts';

const NAME = `passmuster.${MODEL}`;

test('alone, a ticket is created and held at once', async () => {
  const bench = new Bench();
  const member = bench.member();
  await bench.done(member, '1');
  const before = member.process.calls.length;
  const held = await bench.take(member);
  expect(held.number).toBe('2');
  expect(member.process.calls.slice(before)).toEqual(['model', 'createVersion', 'versions']);
});

test('the ledger says what it is, and is made once by two who come at once', async () => {
  const bench = new Bench();
  const members = [bench.member(), bench.member(), bench.member()];
  const work = members.map(({ ledger }) => ledger.take(request({}), options({})));
  const first = await bench.until(Promise.race(work));
  expect(first.number).toBe('1');
  const { models } = bench.simulation.store;
  expect([...models.keys()]).toEqual([NAME]);
  expect(models.get(NAME)?.description).toContain('Do not delete or edit it.');
});

test('who waits is told who holds, since when and for which run, and gives up with the same', async () => {
  const bench = new Bench();
  const run = { server: 'https://github.com', repository: 'acme/models', id: '77', attempt: '2' };
  await bench.take(bench.member({ actor: 'carol\u202e', run }));
  const notes: Waiting[] = [];
  const waiting = (note: Waiting) => notes.push(note);
  const error = await errorOf(bench.take(bench.member(), { wait: MINUTE, waiting }));
  expect(notes).toHaveLength(1);
  const said = wording(error);
  for (const text of [notes[0]?.text, said]) {
    expect(text).toContain(
      'ticket 1 for "production", taken by carol\\u{202e} at 2025-06-15 15:06:40 UTC',
    );
    expect(text).toContain('https://github.com/acme/models/actions/runs/77/attempts/2');
  }
  expect(error.kind).toBe('conflict');
  expect(said).toContain('Waited 60 s');
  const look = await bench.until(bench.member().ledger.look(never));
  expect(look.open.map(({ number }) => number)).toEqual(['1']);
});

test('a wait that is broken off leaves a void ticket and nobody waiting', async () => {
  const bench = new Bench();
  await bench.take(bench.member());
  const stop = new AbortController();
  const work = bench.take(bench.member(), { signal: stop.signal });
  bench.simulation.time.after(5_000, () => stop.abort(new Error('enough')));
  await expect(work).rejects.toThrow('enough');
  const ticket = await bench.until(bench.member().ledger.ticket('2', never));
  expect(ticket?.outcome).toBe('void');
});

test.each([
  ['a live holder is waited for as long as it lives', false, Number.POSITIVE_INFINITY],
  ['a dead one for its lease', true, LEASE],
])('%s', async (_, dies, least) => {
  const bench = new Bench();
  const holder = bench.member();
  await bench.take(holder);
  if (dies) holder.process.kill();
  const began = bench.simulation.time.now;
  const work = bench.take(bench.member(), { wait: 20 * LEASE });
  if (!dies) {
    expect((await errorOf(work)).kind).toBe('conflict');
    return;
  }
  expect((await work).number).toBe('2');
  const waited = bench.simulation.time.now - began;
  expect(waited).toBeGreaterThanOrEqual(least);
  expect(waited).toBeLessThan(2 * least);
});

const run = { server: 'https://github.com', repository: 'acme/models', id: '77', attempt: '1' };
const identity = { boot: 'b', namespace: 'n', pid: 12, started: '1' };
const finished = forgeThat({ runState: async () => 'finished' });
const unknown: Forge = { ...finished, runState: () => Promise.reject(new Error('no access')) };

test.each([
  ['its run has finished', { run }, { forge: finished }, LEASE / 3],
  ['its process has ended', { process: identity }, { hasEnded: () => true }, LEASE / 3],
  ['nobody can say', { run, process: identity }, { forge: unknown }, LEASE],
])('a holder is gone: %s', async (_, holding, asking, least) => {
  const bench = new Bench();
  const holder = bench.member(holding);
  await bench.take(holder);
  holder.process.kill();
  const began = bench.simulation.time.now;
  await bench.take(bench.member(asking));
  const waited = bench.simulation.time.now - began;
  expect(waited).toBeGreaterThanOrEqual(least);
  expect(waited).toBeLessThan(least + LEASE / 2);
});

test('a holder that still renews is waited for, whatever is said of its run', async () => {
  const bench = new Bench();
  await bench.take(bench.member({ run }));
  const error = await errorOf(bench.take(bench.member({ forge: finished }), { wait: 5 * LEASE }));
  expect(error.kind).toBe('conflict');
});

test('a dead ticket with a record is answered for by who waits, one without is void', async () => {
  const bench = new Bench();
  const [recorded, empty] = [bench.member(), bench.member()];
  const held = await bench.take(recorded, { intent: 'to 5' });
  await bench.until(held.record({ to: '5' }));
  const behind = empty.ledger.take(request({}), options({}));
  behind.catch(() => undefined);
  await bench.pass(1_000);
  recorded.process.kill();
  empty.process.kill();
  const seen: unknown[] = [];
  const later = await bench.take(bench.member(), {
    answerFor: async (ticket, acting) => {
      seen.push(ticket.intent, ticket.record, ticket.claimedBy, ticket.outcome);
      seen.push(await acting.effect(async ({ within }) => within));
      return { outcome: 'put-back', result: { version: '0' } };
    },
  });
  expect(seen).toEqual(['to 5', { to: '5' }, '3', undefined, LEASE / 4]);
  expect(later.number).toBe('3');
  const { ledger } = bench.member();
  const first = await bench.until(ledger.ticket('1', never));
  expect(first).toMatchObject({ outcome: 'put-back', result: { version: '0' }, claimedBy: '3' });
  expect(await bench.until(ledger.ticket('2', never))).toMatchObject({ outcome: 'void' });
});

test('a lost reply is no second ticket', async () => {
  const bench = new Bench();
  let creations = 0;
  const fate = (name: string) =>
    name === 'createVersion' && ++creations === 1 ? 'reply lost' : 'fine';
  const held = await bench.take(bench.member({ fate }));
  expect(held.number).toBe('1');
  expect(creations).toBe(1);
  await bench.until(held.seal('void', {}));
  expect(bench.simulation.store.versions.get(NAME)).toHaveLength(1);
});

test('a creation that comes late is void for everybody, and closed so that nobody waits for it', async () => {
  const bench = new Bench();
  let creations = 0;
  const fate = (name: string) => (name === 'createVersion' && ++creations === 1 ? 'late' : 'fine');
  const member = bench.member({ fate });
  const held = await bench.take(member, { marks: new Map([['to', '1']]) });
  await bench.pass(20_000);
  expect(bench.simulation.store.versions.get(NAME)).toHaveLength(2);
  const found = () => bench.until(member.ledger.find(new Map([['to', '1']]), never));
  expect((await found()).map(({ outcome }) => outcome)).toEqual([undefined, 'void']);
  await bench.until(held.seal('void', {}));
  expect((await found()).map(({ outcome }) => outcome)).toEqual(['void', 'void']);
  expect((await bench.until(member.ledger.look(never))).open).toEqual([]);
});

test('without search or tags there is no ledger, and nothing is made', async () => {
  for (const lacking of ['version-search', 'tags']) {
    const bench = new Bench();
    const error = await errorOf(
      bench.take(bench.member({ features: (feature) => feature !== lacking })),
    );
    expect(wording(error)).toMatch(/cannot hold a ledger: it has no (search for|tags on) versions/);
    expect(bench.simulation.store.models.size).toBe(0);
  }
});

test('on MLflow’s store of files there is no ledger', async () => {
  const bench = new Bench();
  const refusal = new RegistryError(
    { reason: 'refused', effect: 'none', code: 'INVALID_PARAMETER_VALUE', status: 400 },
    { message: "Registered model name cannot contain '%' character" },
  );
  let asked = 0;
  const member = bench.member({
    refusal: (name) => (name === 'model' && ++asked === 2 ? refusal : undefined),
  });
  expect(wording(await errorOf(bench.take(member)))).toContain('a folder of files');
  expect(bench.simulation.store.models.size).toBe(0);
});

test('who is not allowed is told the grant that is missing', async () => {
  const bench = new Bench();
  await bench.done(bench.member(), '1');
  const denied = new RegistryError(
    { reason: 'denied', effect: 'none', status: 403 },
    { message: 'Permission denied' },
  );
  const member = bench.member({
    refusal: (name) => (name === 'createVersion' ? denied : undefined),
  });
  const error = await errorOf(bench.take(member));
  expect(error.kind).toBe('upstream');
  expect(wording(error)).toContain(`EDIT on the registered model "${NAME}"`);
});

test('a model of somebody’s own is no ledger, and a ledger has none', async () => {
  const bench = new Bench();
  const { process, ledger } = bench.member();
  await bench.until(process.registry.createModel({ name: NAME }));
  expect(wording(await errorOf(bench.until(ledger.look(never))))).toContain('is not the ledger of');
  const { registry, clock, host } = process;
  const twice = openLedger({ registry, clock, host, model: NAME, lease: LEASE });
  expect((await errorOf(bench.until(twice.look(never)))).kind).toBe('input');
});
