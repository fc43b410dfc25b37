import { expect, test } from 'vitest';
import type { ModelVersion } from '../registry/entities.ts';
import { witnessProblem } from './chain.ts';
import { Bench, errorOf, never, wording } from './ledger.fixture.ts';
import type { History, Seal } from './ledger.ts';

const CHAIN = { environment: 'production' };
const NAME = 'passmuster.gpt-custom';

/** Three promotions, with a void ticket, another environment and a name between them. */
async function past(): Promise<Bench> {
  const bench = new Bench();
  const member = bench.member();
  await bench.done(member, '1');
  await bench.done(member, '7', { environment: 'staging' });
  await bench.until((await bench.take(member)).seal('void', {}));
  await bench.done(member, '2');
  await bench.done(member, 'v1.0.0', { queue: 'names' });
  await bench.done(member, '3');
  return bench;
}

function edit(bench: Bench, number: string, change: (tags: Map<string, string>) => unknown): void {
  const versions = bench.simulation.store.versions.get(NAME) ?? [];
  const at = versions.findIndex((version) => version.number === number);
  const version = versions[at];
  if (version === undefined) throw new Error('no such version');
  const tags = new Map(version.tags);
  change(tags);
  versions[at] = { ...version, tags };
}

function remove(bench: Bench, keep: (version: ModelVersion) => boolean): void {
  const { versions } = bench.simulation.store;
  versions.set(NAME, (versions.get(NAME) ?? []).filter(keep));
}

const read = (bench: Bench, witnesses: readonly Seal[] = []): Promise<History> =>
  bench.until(bench.member().ledger.history(CHAIN, witnesses, never));

test('each chain is whole, and has only its own', async () => {
  const bench = await past();
  const { sealed, problems } = await read(bench);
  expect(problems).toEqual([]);
  expect(sealed.map(({ number, record }) => [number, record?.['to']])).toEqual([
    ['1', '1'],
    ['4', '2'],
    ['6', '3'],
  ]);
  const names = await bench.until(bench.member().ledger.history('names', [], never));
  expect(names.sealed.map(({ number }) => number)).toEqual(['5']);
  const last = await bench.until(bench.member().ledger.last(CHAIN, never));
  expect(last?.number).toBe('6');
  const none = await bench.until(bench.member().ledger.last({ environment: 'other' }, never));
  expect(none).toBeUndefined();
});

const edits: readonly [string, (bench: Bench) => void, RegExp][] = [
  [
    'another record',
    (bench) =>
      edit(bench, '4', (tags) => tags.set('passmuster.record.1', '{"content":{"to":"9"}}')),
    /Version 4 .* has another `passmuster.record` than its digest says/,
  ],
  [
    'another result',
    (bench) => edit(bench, '4', (tags) => tags.set('passmuster.result.1', '{"version":"9"}')),
    /Version 4 .* was changed after it had been sealed/,
  ],
  [
    'another outcome',
    (bench) =>
      edit(bench, '6', (tags) => {
        const state = tags.get('passmuster.state') ?? '';
        tags.set('passmuster.state', state.replace('done', 'put-back'));
      }),
    /Version 6 .* was changed after it had been sealed/,
  ],
  [
    'another environment',
    (bench) => edit(bench, '2', (tags) => tags.set('passmuster.environment', 'production')),
    /Version 2 .* was changed after it had been sealed/,
  ],
  [
    'another time of a mark',
    (bench) => edit(bench, '6', (tags) => tags.set('passmuster.mark.by', 'mallory')),
    /Version 6 .* was changed after it had been sealed/,
  ],
  [
    'a part is gone',
    (bench) => edit(bench, '1', (tags) => tags.delete('passmuster.record.1')),
    /Version 1 .* lacks one of the 1 parts/,
  ],
  [
    'the record is gone',
    (bench) => edit(bench, '4', (tags) => tags.delete('passmuster.record')),
    /Version 4 .* was changed after it had been sealed/,
  ],
  [
    'a version is gone',
    (bench) => remove(bench, ({ number }) => number !== '4'),
    /Version 4 of the ledger is gone.*Ticket 6 came after 4, but 1 is the one before it/s,
  ],
  [
    'the first ones are gone',
    (bench) => remove(bench, ({ number }) => Number(number) > 3),
    /Versions 1 to 3 of the ledger are gone.*Ticket 1 is gone; 4 came after/s,
  ],
  [
    'what is no entry',
    (bench) => edit(bench, '3', (tags) => tags.set('passmuster.kind', 'note')),
    /Version 3 .* `passmuster.kind` is "note"; expected one of ticket, claim, answer/,
  ],
];

test.each(edits)('tampering shows: %s', async (_, tamper, says) => {
  const bench = await past();
  tamper(bench);
  const { problems } = await read(bench);
  expect(problems.map(({ message }) => message).join('\n')).toMatch(says);
});

test('a digest that was made to fit shows at the next one, which stands on the old', async () => {
  const [one, other] = [await past(), new Bench(2)];
  await other.done(other.member(), '8');
  const forged = other.simulation.store.versions.get(NAME)?.[0];
  edit(one, '1', (tags) => {
    for (const [key, value] of forged?.tags ?? []) tags.set(key, value);
  });
  const { problems } = await read(one);
  expect(problems.map(({ message }) => message)).toEqual([
    'Ticket 1 was changed after 4 had come to stand on it.',
  ]);
});

test('a cut-off end shows against what others have seen', async () => {
  const bench = await past();
  const seen = (await read(bench)).sealed.at(-1);
  const witness = { number: seen?.number ?? '', digest: seen?.digest ?? '' };
  expect((await read(bench, [witness])).problems).toEqual([]);
  remove(bench, ({ number }) => Number(number) < 5);
  const { problems } = await read(bench, [witness]);
  expect(problems[0]?.message).toContain('missing or younger than it was: ticket 6 was seen');
  expect(problems[0]?.hint).toContain('`settle`');
});

test('a witness of another ledger of the same name', async () => {
  const bench = await past();
  const ticket = await bench.until(bench.member().ledger.ticket('6', never));
  const wrong = { number: '6', digest: `sha256:${'0'.repeat(64)}` };
  expect(witnessProblem(ticket, wrong)?.message).toContain('is not what it was');
});

test('whoever is to decide by an edited ticket is told of it', async () => {
  const bench = await past();
  edit(bench, '6', (tags) => tags.set('passmuster.result.1', '{"version":"9"}'));
  const { ledger } = bench.member();
  for (const ask of [() => ledger.last(CHAIN, never), () => ledger.ticket('6', never)]) {
    const error = await errorOf(bench.until(ask()));
    expect(error.kind).toBe('conflict');
    expect(wording(error)).toContain('Version 6 of the ledger "passmuster.gpt-custom"');
  }
});

test('ten thousand versions are read', async () => {
  const bench = await past();
  const versions = bench.simulation.store.versions.get(NAME) ?? [];
  const empty = versions[2];
  if (empty === undefined) throw new Error('no such version');
  while (versions.length < 10_000) {
    versions.push({ ...empty, number: String(versions.length + 1) });
  }
  const { sealed } = await read(bench);
  expect(sealed).toHaveLength(3);
});
