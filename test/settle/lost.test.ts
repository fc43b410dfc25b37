import { expect, test } from 'vitest';
import { emptyRegistry, looking, run as register } from '../register/running.fixture.ts';
import { lived, MODEL, promoted } from '../rollback/moving.fixture.ts';
import { run as rollback } from '../rollback/running.fixture.ts';
import { run as status } from '../status/running.fixture.ts';
import { run as validate } from '../validate/running.fixture.ts';
import { run } from './running.fixture.ts';

const LEDGER = `passmuster.${MODEL}`;

const named = (address: string, version: string) =>
  register(address, { version, source: `s3://models/${version}` });

/** A model of two named versions, both of which were live. */
async function twoNamed(): Promise<string> {
  const address = await emptyRegistry();
  for (const [at, version] of ['v1.0.0', 'v1.1.0'].entries()) {
    await named(address, version);
    await promoted(address, String(at + 1));
  }
  return address;
}

/** Everything that writes or judges works, and nothing is left to complain of. */
async function allWorks(address: string, next: string): Promise<void> {
  expect((await run(address)).outputs.outcome).toBe('unchanged');
  const { outputs } = await named(address, next);
  expect(outputs.outcome).toBe('registered');
  await promoted(address, String(outputs.number));
  const { report } = await validate(address, { model: MODEL, version: next });
  expect(report.candidate).toMatchObject({ name: next });
  expect(report.remarks.join()).not.toContain('gap');
  expect((await rollback(address)).outputs).toMatchObject({ outcome: 'rolled-back', to: '2' });
  expect((await run(address)).outputs.outcome).toBe('unchanged');
}

test('a ledger that was deleted is made anew once somebody settles the loss', async () => {
  const address = await twoNamed();
  const registry = await looking(address);
  await registry.deleteModel(LEDGER);
  await expect(named(address, 'v1.2.0')).rejects.toMatchObject({
    problems: [{ hint: expect.stringContaining('passmuster settle') }],
  });
  await expect(rollback(address)).rejects.toThrow('missing or younger than it was');
  expect(await registry.model(LEDGER)).toBeUndefined();
  // Whoever takes a ticket before looking is refused as well, by the ledger that this has made.
  await expect(promoted(address, '1')).rejects.toMatchObject({ kind: 'conflict' });
  await expect(promoted(address, '1')).rejects.toThrow('missing or younger than it was');
  const { outputs, page, report } = await run(address);
  expect(outputs).toMatchObject({ outcome: 'settled', from: '', to: '2', record: '3' });
  expect(report.lost.map(({ ticket }) => ticket)).toEqual(['4', '2', '3', '1']);
  expect(page).toContain('Taken as it is, and not complained of any more');
  await allWorks(address, 'v1.2.0');
});

test('what was lost of one environment stops every writer, and is settled anywhere', async () => {
  const address = await lived(['1', '2']);
  await promoted(address, '1', { environment: 'staging' });
  await (await looking(address)).deleteModel(LEDGER);
  const elsewhere = { environment: 'other' };
  for (const writing of [
    () => promoted(address, '2', elsewhere),
    () => rollback(address, elsewhere),
    () => named(address, 'v1.2.0'),
  ]) {
    const error = await writing().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'conflict' });
    expect(String(error)).toMatch(/missing or younger.*ticket 3/);
    expect(JSON.stringify(error)).toContain('until `settle` records the loss');
  }
  const before = await status(address, { model: MODEL, check: 'true' });
  expect(before.outputs.disagreements).toBe(3);
  const { report } = await run(address, elsewhere);
  expect(report.lost.map(({ ticket }) => ticket).sort()).toEqual(['1', '2', '3']);
  const after = await status(address, { model: MODEL, check: 'true' });
  expect(after.outputs).toMatchObject({ outcome: 'agrees', disagreements: 0 });
  await promoted(address, '2', elsewhere);
  await promoted(address, '2', { environment: 'staging' });
  expect((await named(address, 'v1.2.0')).outputs.outcome).toBe('registered');
});

test('a name that was lost stops a move as well', async () => {
  const address = await emptyRegistry();
  await named(address, 'v1.0.0');
  await (await looking(address)).deleteModel(LEDGER);
  await expect(promoted(address, '1')).rejects.toThrow('ticket 1 was seen, and is not there');
  expect((await run(address)).report.lost).toEqual([{ ticket: '1' }]);
  await promoted(address, '1');
});

test('one that somebody has begun anew is settled, too', async () => {
  const address = await lived(['1', '2', '3']);
  const registry = await looking(address);
  await registry.deleteModel(LEDGER);
  // A run of an older Passmuster, or of another client, that did not look.
  const other = await lived(['1', '2', '1', '2', '1']);
  const copy = await looking(other);
  const { tags = new Map(), description = '' } = (await copy.model(LEDGER)) ?? {};
  await registry.createModel({ name: LEDGER, description, tags });
  const versions = copy.versions({ model: LEDGER, order: 'oldest' });
  for await (const { source, tags: own } of versions) {
    await registry.createVersion({ model: LEDGER, source, tags: own });
  }
  await expect(promoted(address, '1')).rejects.toThrow('is not what it was when it was seen');
  const { outputs, report } = await run(address);
  expect(outputs).toMatchObject({ outcome: 'settled', from: '1', to: '3' });
  expect(report.lost.map(({ ticket }) => ticket)).toEqual(['3', '2', '1']);
  await promoted(address, '1');
  expect((await rollback(address)).outputs).toMatchObject({ from: '1', to: '3' });
});

const damages: readonly [string, (address: string) => Promise<void>, RegExp][] = [
  [
    'the last move was edited',
    async (address) => {
      const registry = await looking(address);
      const state = (await registry.version(LEDGER, '4'))?.tags.get('passmuster.state') ?? '';
      const edited = state.replace('done', 'put-back');
      await registry.tagVersion(LEDGER, '4', 'passmuster.state', edited);
    },
    /Version 4 .* was changed after it had been sealed/,
  ],
  [
    'a name was edited',
    async (address) => {
      const registry = await looking(address);
      await registry.tagVersion(LEDGER, '3', 'passmuster.mark.version', 'v9.0.0');
    },
    /Version 3 .* was changed after it had been sealed/,
  ],
  [
    'the first move was deleted',
    async (address) => (await looking(address)).deleteVersion(LEDGER, '2'),
    /Version 2 of the ledger is gone/,
  ],
  [
    'the last move was deleted',
    async (address) => (await looking(address)).deleteVersion(LEDGER, '4'),
    /Version 4 of the ledger is gone/,
  ],
  [
    'a name was deleted',
    async (address) => (await looking(address)).deleteVersion(LEDGER, '1'),
    /Version 1 of the ledger is gone/,
  ],
];

test.each(damages)('%s, and is taken as it is', async (_, damage, says) => {
  const address = await twoNamed();
  await damage(address);
  await expect(promoted(address, '1')).rejects.toThrow(says);
  const { outputs, report } = await run(address);
  expect(outputs).toMatchObject({ outcome: 'settled', to: '2' });
  expect(report.accepted.length + report.lost.length).toBeGreaterThan(0);
  await promoted(address, '1');
  await promoted(address, '2');
  await allWorks(address, 'v1.2.0');
});

test('what was accepted and is edited again is complained of again', async () => {
  const address = await lived(['1', '2', '3']);
  const registry = await looking(address);
  const edit = async (from: string, to: string): Promise<void> => {
    const state = (await registry.version(LEDGER, '2'))?.tags.get('passmuster.state') ?? '';
    await registry.tagVersion(LEDGER, '2', 'passmuster.state', state.replace(from, to));
  };
  await edit('done', 'put-back');
  const { report } = await run(address);
  expect(report.accepted).toContainEqual(expect.stringMatching(/Version 2 .* was changed after/));
  await promoted(address, '1');
  await edit('put-back', 'stopped');
  await expect(promoted(address, '2')).rejects.toThrow('was changed after it had been sealed');
  const seen = await status(address, { model: MODEL, check: 'true' });
  expect(seen.outputs.outcome).toBe('disagrees');
  expect((await run(address)).outputs.outcome).toBe('settled');
  await promoted(address, '2');
});

test('what is found later is complained of again', async () => {
  const address = await twoNamed();
  const registry = await looking(address);
  await registry.deleteVersion(LEDGER, '2');
  await run(address);
  await promoted(address, '1');
  await registry.deleteVersion(LEDGER, '4');
  await expect(promoted(address, '2')).rejects.toThrow('Version 4 of the ledger is gone');
  expect((await run(address)).outputs.outcome).toBe('settled');
});
