import { expect, test } from 'vitest';
import { Bench, never, options, request } from './ledger.fixture.ts';

test('a ledger that is not there yet is empty, and a look does not make it', async () => {
  const bench = new Bench();
  const { ledger } = bench.member();
  expect(await bench.until(ledger.look(never))).toEqual({ open: [], mark: 'none' });
  expect(await bench.until(ledger.find(new Map([['to', '1']]), never))).toEqual([]);
  expect(await bench.until(ledger.ticket('1', never))).toBeUndefined();
  expect(await bench.until(ledger.last('names', never))).toBeUndefined();
  expect(bench.simulation.store.models.size).toBe(0);
});

test('a look shows what is open, with its record', async () => {
  const bench = new Bench();
  const member = bench.member();
  await bench.done(member, '1');
  const held = await bench.take(member, { environment: 'staging', intent: 'to 2' });
  await bench.until(held.record({ to: '2' }));
  const look = await bench.until(bench.member().ledger.look(never));
  expect(look.created).toBeGreaterThan(0);
  expect(look.open).toHaveLength(1);
  expect(look.open[0]).toMatchObject({
    number: '2',
    environment: 'staging',
    intent: 'to 2',
    record: { to: '2' },
    holder: { actor: 'alice' },
  });
});

test('two looks have one mark when only renewals came between, and another after all else', async () => {
  const bench = new Bench();
  const member = bench.member();
  const watcher = bench.member().ledger;
  const marks: string[] = [];
  const mark = async () => marks.push((await bench.until(watcher.look(never))).mark);
  await mark();
  const held = await bench.take(member);
  await mark();
  await bench.until(held.record({ to: '1' }));
  await mark();
  await bench.until(held.seal('done', { version: '1' }));
  await mark();
  await bench.done(member, '2');
  await mark();
  expect(new Set(marks).size).toBe(marks.length);

  await bench.take(member);
  const before = (await bench.until(watcher.look(never))).mark;
  await bench.pass(60_000);
  expect((await bench.until(watcher.look(never))).mark).toBe(before);
});

test('the world is read again when the ledger changed meanwhile', async () => {
  const bench = new Bench();
  const [member, watcher] = [bench.member(), bench.member()];
  await bench.done(member, '1');
  let reads = 0;
  const around = watcher.ledger.lookAround(async ({ open }) => {
    reads++;
    // Taken and sealed between two looks: nothing open shows it.
    if (reads === 1) {
      const held = await member.ledger.take(request({}), options({}));
      await held.seal('void', {});
    }
    return open.length;
  }, never);
  expect(await bench.until(around)).toMatchObject({ world: 0 });
  expect(reads).toBe(2);
});

test('tickets are found by their marks, whatever became of them', async () => {
  const bench = new Bench();
  const member = bench.member();
  const marks = new Map([
    ['version', "v1.2.0'"],
    ['model', 'a "b"'],
  ]);
  await bench.done(member, '1', { queue: 'names', marks });
  await bench.done(member, '2', { queue: 'names', marks: new Map([['version', 'v1.3.0']]) });
  await bench.until((await bench.take(member, { queue: 'names', marks })).seal('void', {}));
  await bench.take(member, { queue: 'names', marks });
  const found = await bench.until(member.ledger.find(marks, never));
  expect(found.map(({ number, outcome }) => [number, outcome])).toEqual([
    ['1', 'done'],
    ['3', 'void'],
    ['4', undefined],
  ]);
  expect(found[0]?.marks).toEqual(marks);
});

test('a search costs two requests', async () => {
  const bench = new Bench();
  const member = bench.member();
  await bench.done(member, '1', { marks: new Map([['to', '1']]) });
  const before = member.process.calls.length;
  await bench.until(member.ledger.find(new Map([['to', '1']]), never));
  expect(member.process.calls.slice(before)).toEqual(['versions', 'versions']);
});
