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

/** Says another version in what stands beside the digest of a tag. */
const falsify = (bench: Bench, number: string, tag: string): void =>
  edit(bench, number, (tags) => {
    const value = tags.get(tag) ?? '';
    expect(value).toMatch(/"[0-9]"/);
    tags.set(tag, value.replace(/"[0-9]"/, '"9"'));
  });

function remove(bench: Bench, keep: (version: ModelVersion) => boolean): void {
  const { versions } = bench.simulation.store;
  versions.set(NAME, (versions.get(NAME) ?? []).filter(keep));
}

async function read(bench: Bench, witnesses: readonly Seal[] = []): Promise<History> {
  const whole = await bench.until(bench.member().ledger.whole(never));
  return whole.history(CHAIN, witnesses);
}

test('each chain is whole, and has only its own', async () => {
  const bench = await past();
  const { sealed, problems } = await read(bench);
  expect(problems).toEqual([]);
  expect(sealed.map(({ number, record }) => [number, record?.['to']])).toEqual([
    ['1', '1'],
    ['4', '2'],
    ['6', '3'],
  ]);
  const whole = await bench.until(bench.member().ledger.whole(never));
  expect(whole.environments).toEqual(['production', 'staging']);
  expect([whole.open, whole.newest]).toEqual([[], 6]);
  const names = whole.history('names');
  expect(names.sealed.map(({ number }) => number)).toEqual(['5']);
  const last = await bench.until(bench.member().ledger.last(CHAIN, never));
  expect(last?.number).toBe('6');
  const none = await bench.until(bench.member().ledger.last({ environment: 'other' }, never));
  expect(none).toBeUndefined();
});

const edits: readonly [string, (bench: Bench) => void, RegExp][] = [
  [
    'another record',
    (bench) => falsify(bench, '4', 'passmuster.record'),
    /Version 4 .* has another `passmuster.record` than its digest says/,
  ],
  [
    'another result',
    (bench) => falsify(bench, '4', 'passmuster.state'),
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
    (bench) =>
      edit(bench, '1', (tags) => {
        const record = tags.get('passmuster.record') ?? '';
        tags.set('passmuster.record', record.replace(/ 0 .*/, ' 1'));
      }),
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

test('each edit of one entry is another finding, and a renewal is none', async () => {
  const bench = await past();
  const found = async () =>
    (await read(bench)).problems.map(({ message, mark }) => [message, mark]);
  falsify(bench, '4', 'passmuster.state');
  const first = await found();
  edit(bench, '4', (tags) => tags.set('passmuster.renewed', '99'));
  expect(await found()).toEqual(first);
  edit(bench, '4', (tags) => tags.set('passmuster.mark.by', 'mallory'));
  const second = await found();
  expect(second.map(([message]) => message)).toEqual(first.map(([message]) => message));
  expect(second[0]?.[1]).not.toBe(first[0]?.[1]);
  for (const [, mark] of second) expect(mark).toMatch(/^sha256:/);
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
  falsify(bench, '6', 'passmuster.state');
  const { ledger } = bench.member();
  for (const ask of [() => ledger.last(CHAIN, never), () => ledger.ticket('6', never)]) {
    const error = await errorOf(bench.until(ask()));
    expect(error.kind).toBe('conflict');
    expect(wording(error)).toContain('Version 6 of the ledger "passmuster.gpt-custom"');
  }
});

test('the next record stands on the last ticket that can be read', async () => {
  const bench = await past();
  falsify(bench, '6', 'passmuster.state');
  const member = bench.member();
  const held = await bench.take(member);
  await bench.until(held.record({ to: '4' }));
  await bench.until(held.seal('settled', {}));
  const ticket = await bench.until(member.ledger.ticket(held.number, never));
  expect(ticket?.previous?.number).toBe('4');
  const messages = (await read(bench)).problems.map(({ message }) => message);
  expect(messages).toEqual([expect.stringContaining('Version 6')]);
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
