import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import { openLedger } from '@passmuster/core/ledger/open.ts';
import { RegistryError, type RegistryFailure } from '@passmuster/core/registry/error.ts';
import type { NewVersion, Registry } from '@passmuster/core/registry/registry.ts';
import { marksOf } from '@passmuster/core/versions/sealed.ts';
import { expect, test } from 'vitest';
import { around, emptyRegistry, LEASE, looking, openRegistry, run } from './running.fixture.ts';

const { signal } = new AbortController();

/** Where a part of it must pass: a quarter after a lost reply, a third when the holder has ended. */
const SHORT_LEASE = 12_000;

const failing = (failure: RegistryFailure): RegistryError =>
  new RegistryError(failure, { message: 'The registry failed as the test says.' });

const LOST = failing({ reason: 'unanswered', effect: 'unknown' });

const ledgerOf = (registry: Registry, lease = LEASE) =>
  openLedger({ ...around(), registry, model: 'gpt-custom', lease });

async function ticketsOf(address: string, version: string): Promise<readonly Ticket[]> {
  return ledgerOf(await looking(address)).find(marksOf(version), signal);
}

/** The registry, whose creations of versions of the model go as the test says. */
const creating =
  (address: string, create: (version: NewVersion, really: Registry) => Promise<never>) =>
  async (): Promise<Registry> => {
    const registry = await openRegistry(address);
    return {
      ...registry,
      createVersion: (version, call) =>
        version.model === 'gpt-custom'
          ? create(version, registry)
          : registry.createVersion(version, call),
    };
  };

test('a creation whose reply was lost is found, and not repeated', async () => {
  const address = await emptyRegistry();
  const lost = creating(address, async (version, registry) => {
    await registry.createVersion(version);
    throw LOST;
  });
  const { outputs } = await run(
    address,
    { version: 'v1.0.0' },
    { openRegistry: lost, lease: SHORT_LEASE },
  );
  expect(outputs).toMatchObject({ outcome: 'registered', number: '1' });
  expect(await (await looking(address)).version('gpt-custom', '2')).toBeUndefined();
});

test.each([
  ['never took place', LOST],
  ['was refused', failing({ reason: 'refused', effect: 'none' })],
])('a creation that %s is put back, and the next run makes it', async (_, error) => {
  const address = await emptyRegistry();
  const broken = creating(address, async () => {
    throw error;
  });
  const ports = { openRegistry: broken, lease: SHORT_LEASE };
  await expect(run(address, { version: 'v1.0.0' }, ports)).rejects.toThrow(error.message);
  expect(await ticketsOf(address, 'v1.0.0')).toMatchObject([{ outcome: 'put-back' }]);
  const { outputs } = await run(address, { version: 'v1.0.0' });
  expect(outputs).toMatchObject({ outcome: 'registered', number: '1', ticket: '2' });
});

/** The next run, to which every other process has ended. */
const nextRun = (address: string, given: Record<string, string>) =>
  run(address, given, { host: { ...around().host, hasEnded: async () => true } });

/** A run that stops as a killed one does: after its record, with or without its version. */
async function broken(address: string, made: boolean): Promise<void> {
  const registry = await openRegistry(address);
  const ticket = await ledgerOf(registry, SHORT_LEASE).take(
    { queue: 'names', environment: '', intent: 'register v1.0.0', marks: marksOf('v1.0.0') },
    {
      wait: 0,
      signal,
      waiting: () => {},
      answerFor: async () => ({ outcome: 'void', result: {} }),
    },
  );
  await ticket.record({ verb: 'register', model: 'gpt-custom', version: 'v1.0.0' });
  if (made) {
    await registry.createModel({ name: 'gpt-custom' });
    const tags = new Map([
      ['passmuster.version', 'v1.0.0'],
      ['passmuster.ticket', `passmuster.gpt-custom/${ticket.number}`],
    ]);
    await registry.createVersion({ model: 'gpt-custom', source: 's3://models/1', tags });
  }
  await ticket.letGo();
  await registry.close();
}

test('what a killed run had made is answered for, and counts', async () => {
  const address = await emptyRegistry();
  await broken(address, true);
  const next = await nextRun(address, { version: 'v1.1.0', source: 's3://models/2' });
  expect(next.outputs).toMatchObject({ outcome: 'registered', number: '2' });
  expect(await ticketsOf(address, 'v1.0.0')).toMatchObject([
    { outcome: 'done', result: { number: '1' } },
  ]);
  expect((await run(address, { version: 'v1.0.0' })).outputs).toMatchObject({
    outcome: 'unchanged',
    number: '1',
    ticket: '1',
  });
});

test('what a killed run had not made is put back, and made by the next', async () => {
  const address = await emptyRegistry();
  await broken(address, false);
  const next = await nextRun(address, { version: 'v1.0.0' });
  expect(next.outputs).toMatchObject({ outcome: 'registered', number: '1' });
  expect((await ticketsOf(address, 'v1.0.0'))[0]).toMatchObject({ outcome: 'put-back' });
});

test('of two at once with other files exactly one wins, with the same ones both', async () => {
  const address = await emptyRegistry();
  const both = (sources: readonly string[]) =>
    Promise.all(sources.map((source) => run(address, { version: 'v1.0.0', source })));
  const outcomes = (await both(['s3://m/a', 's3://m/b'])).map(({ outputs }) => outputs.outcome);
  expect(outcomes.sort()).toEqual(['refused', 'registered']);
  const same = (
    await Promise.all([1, 2].map(() => run(address, { version: 'v2.0.0', source: 's3://m/c' })))
  ).map(({ outputs }) => outputs.outcome);
  expect(same.sort()).toEqual(['registered', 'unchanged']);
});

test('who waits too long is told who holds, and leaves nothing behind', async () => {
  const address = await emptyRegistry();
  const registry = await looking(address);
  const holder = await ledgerOf(registry).take(
    { queue: 'names', environment: '', intent: 'x', marks: marksOf('v9.0.0') },
    {
      wait: 0,
      signal,
      waiting: () => {},
      answerFor: async () => ({ outcome: 'void', result: {} }),
    },
  );
  const notes: string[] = [];
  const voice = { ...around().voice, note: (text: string) => void notes.push(text) };
  const waiting = run(address, { version: 'v1.0.0', wait: '300ms' }, { voice });
  await expect(waiting).rejects.toMatchObject({ kind: 'conflict' });
  await expect(waiting).rejects.toBeInstanceOf(PassmusterError);
  expect(notes).toHaveLength(1);
  await holder.letGo();
  expect(await ticketsOf(address, 'v1.0.0')).toMatchObject([{ outcome: 'void' }]);
});

test('a ledger that was deleted, or made anew, stops whoever would write', async () => {
  const address = await emptyRegistry();
  await run(address, { version: 'v1.0.0' });
  const registry = await looking(address);
  await registry.deleteModel('passmuster.gpt-custom');
  const next = () => run(address, { version: 'v1.1.0', source: 's3://models/2' });
  await expect(next()).rejects.toMatchObject({ kind: 'conflict' });
  await expect(next()).rejects.toThrow('names ticket 1 of the ledger');
  expect(await registry.model('passmuster.gpt-custom')).toBeUndefined();
  const ticket = await ledgerOf(registry).take(
    { queue: 'names', environment: '', intent: 'x', marks: marksOf('v9.0.0') },
    {
      wait: 0,
      signal,
      waiting: () => {},
      answerFor: async () => ({ outcome: 'void', result: {} }),
    },
  );
  await ticket.letGo();
  await expect(next()).rejects.toThrow('deleted, made anew or edited');
});
