import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { evidenceOf, metricKey, originText, type Source } from './evidence.ts';
import type { Origin } from './measured.ts';

const RUN: Origin = { kind: 'run', id: 'r1' };
const MODEL: Origin = { kind: 'logged-model', id: 'm-1' };
const fileAt = (path: string): Origin => ({ kind: 'file', path, digest: 'sha256:x', at: '' });

/** What a source says: numbers are measured, texts are what was found in place of a number. */
function source(origin: Origin, says: Record<string, number | string>, unbound?: string): Source {
  const entries = Object.entries(says);
  return {
    origin,
    reading: {
      measured: entries.flatMap(([metric, value]) =>
        typeof value === 'number' ? [{ metric, value, conditions: {}, origin }] : [],
      ),
      unusable: entries.flatMap(([metric, found]) =>
        typeof found === 'string' ? [{ metric, found, origin }] : [],
      ),
      remarks: [],
    },
    ...(unbound !== undefined && { unbound }),
  };
}

test('what one source says stands', () => {
  const evidence = evidenceOf([source(RUN, { acc: 0.9, loss: Number.NaN, text: 'null' })]);
  expect([...evidence.values()].map(({ metric }) => metric)).toEqual(['acc', 'loss', 'text']);
  expect(evidence.get(metricKey('acc'))).toMatchObject({
    kind: 'measured',
    measured: { value: 0.9 },
  });
  expect(evidence.get(metricKey('loss'))).toMatchObject({ kind: 'measured' });
  expect(evidence.get(metricKey('text'))).toEqual({
    kind: 'unusable',
    metric: 'text',
    says: 'it is null in run r1',
    origin: RUN,
  });
});

test('two that say the same are no conflict, and what is bound counts', () => {
  const sources = [
    source(fileAt('a.json'), { acc: 0.9, loss: Number.NaN }, 'nobody recorded it'),
    source(RUN, { acc: 0.9, loss: Number.NaN }),
  ];
  for (const order of [sources, sources.toReversed()]) {
    const evidence = evidenceOf(order);
    expect(evidence.get(metricKey('acc'))).toMatchObject({ measured: { origin: RUN } });
    expect(evidence.get(metricKey('acc'))).not.toHaveProperty('unbound');
    expect(evidence.get(metricKey('loss'))?.kind).toBe('measured');
  }
});

test('of two that say the same, the one counts that says on which data', () => {
  const knowing = source(MODEL, { acc: 0.9 });
  const measured = knowing.reading.measured.map((one) => ({
    ...one,
    conditions: { dataset: 'held-out' },
  }));
  const sources = [
    source(RUN, { acc: 0.9 }),
    { ...knowing, reading: { ...knowing.reading, measured } },
  ];
  for (const order of [sources, sources.toReversed()]) {
    expect(evidenceOf(order).get(metricKey('acc'))).toMatchObject({ measured: { origin: MODEL } });
  }
});

test('two that disagree are a conflict that names both', () => {
  const sources = [source(RUN, { acc: 0.9 }), source(fileAt('a.json'), { acc: 0.95 })];
  expect(evidenceOf(sources).get(metricKey('acc'))).toEqual({
    kind: 'conflict',
    metric: 'acc',
    says: 'sources disagree: 0.9 in run r1, 0.95 in a.json; `prefer` says which counts',
    said: [
      { text: '0.9', origin: RUN },
      { text: '0.95', origin: fileAt('a.json') },
    ],
  });
});

test('0 and −0 are the same number', () => {
  const sources = [source(RUN, { loss: 0 }), source(fileAt('a.json'), { loss: -0 })];
  expect(evidenceOf(sources).get(metricKey('loss'))?.kind).toBe('measured');
});

test('one source that contradicts itself is told so: `prefer` cannot choose within it', () => {
  const origin = fileAt('a.json');
  const measured = ['/results/acc', '/groups/acc'].map((at, index) => ({
    metric: 'acc',
    value: index,
    conditions: {},
    origin: { ...origin, at },
  }));
  const one = { origin, reading: { measured, unusable: [], remarks: [] } };
  const says = (...all: Source[]) => evidenceOf(all).get(metricKey('acc'));
  expect(says(one)).toMatchObject({
    says: 'one source says several values: 0 in a.json at /results/acc, 1 in a.json at /groups/acc; leave one of them there',
  });
  // The same file, given twice.
  expect(says(one, { ...one })).toMatchObject({ says: expect.stringContaining('one source') });
  expect(says(one, source(RUN, { acc: 1 }))).toMatchObject({
    says: expect.stringContaining('`prefer`'),
  });
});

test('a name may hold any sign', () => {
  const origin = RUN;
  const measured = [
    { metric: 'a\u0000b', value: 1, conditions: {}, origin },
    { metric: 'a', slice: 'b', value: 2, conditions: {}, origin },
  ];
  const evidence = evidenceOf([{ origin, reading: { measured, unusable: [], remarks: [] } }]);
  expect([...evidence.values()]).toMatchObject([
    { metric: 'a\u0000b', measured: { value: 1 } },
    { metric: 'a', slice: 'b', measured: { value: 2 } },
  ]);
});

test('two names have one key only if they are the same', () => {
  const name = fc.tuple(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.option(fc.string({ unit: 'binary', maxLength: 4 }), { nil: undefined }),
  );
  const property = fc.property(name, name, (one, other) => {
    expect(metricKey(...one) === metricKey(...other)).toBe(one.every((it, at) => it === other[at]));
  });
  fc.assert(property, rounds(2_000));
});

describe('where evidence must be bound', () => {
  const unbound = source(fileAt('a.json'), { acc: 0.95, f1: 0.7 }, 'nobody recorded it');
  const both = [unbound, source(RUN, { acc: 0.9 })];

  test('what is unbound contradicts nothing that is bound', () => {
    expect(evidenceOf(both).get(metricKey('acc'))?.kind).toBe('conflict');
    expect(evidenceOf(both, [], true).get(metricKey('acc'))).toEqual({
      kind: 'measured',
      metric: 'acc',
      measured: { metric: 'acc', value: 0.9, conditions: {}, origin: RUN },
    });
  });

  test('no preference brings it back', () => {
    const known = evidenceOf(both, ['files'], true).get(metricKey('acc'));
    expect(known).toMatchObject({ measured: { value: 0.9 } });
  });

  test('it stays, and is unbound, where there is nothing else', () => {
    const known = evidenceOf(both, [], true).get(metricKey('f1'));
    expect(known).toMatchObject({ measured: { value: 0.7 }, unbound: 'nobody recorded it' });
  });

  test('what is bound and no number is not made good by what is unbound', () => {
    const bound = source(RUN, { acc: 'null' });
    expect(evidenceOf([unbound, bound], [], true).get(metricKey('acc'))?.kind).toBe('unusable');
  });

  test('a conflict says which side of it is unbound', () => {
    expect(evidenceOf(both).get(metricKey('acc'))).toMatchObject({
      said: [{ origin: RUN }, { text: '0.95', unbound: 'nobody recorded it' }],
    });
  });
});

test.each<[Origin, string]>([
  [{ ...RUN, step: 3 }, 'run r1'],
  [{ ...MODEL, step: 3 }, 'logged model m-1'],
  [{ kind: 'logged-model', id: 'm-1', run: 'r2' }, 'logged model m-1, by run r2'],
  [fileAt('eval/r.json'), 'eval/r.json'],
  [
    { kind: 'file', path: 'eval/r.json', digest: 'sha256:x', at: '/results/mmlu/acc' },
    'eval/r.json at /results/mmlu/acc',
  ],
  [
    { kind: 'file', path: 'r.json', digest: 'sha256:x', at: `/a\u001b/${'b'.repeat(200)}` },
    `r.json at /a\\u{1b}/${'b'.repeat(76)}…`,
  ],
])('%j in words', (origin, says) => {
  expect(originText(origin)).toBe(says);
});

test('a number beside what is none is a conflict, too', () => {
  const sources = [source(RUN, { acc: 0.9 }), source(fileAt('a.json'), { acc: 'the text "0.9"' })];
  expect(evidenceOf(sources).get(metricKey('acc'))?.kind).toBe('conflict');
});

test('parts of the data are metrics of their own', () => {
  const origin = fileAt('a.json');
  const measured = [
    { metric: 'acc', value: 0.9, conditions: {}, origin },
    { metric: 'acc', slice: 'region=eu', value: 0.5, conditions: {}, origin },
  ];
  const evidence = evidenceOf([{ origin, reading: { measured, unusable: [], remarks: [] } }]);
  expect(evidence.get(metricKey('acc', 'region=eu'))).toMatchObject({ measured: { value: 0.5 } });
  expect(evidence.get(metricKey('acc'))).toMatchObject({ measured: { value: 0.9 } });
});

describe('`prefer` settles it', () => {
  const sources = [
    source(RUN, { acc: 1 }),
    source(MODEL, { acc: 2 }),
    source(fileAt('eval/a.json'), { acc: 3 }),
    source(fileAt('eval/b.json'), { acc: 4 }),
  ];
  test.each<[string[], number | 'conflict']>([
    [['run'], 1],
    [['logged-model', 'run'], 2],
    [['eval/a.json'], 3],
    [['eval/*.json'], 'conflict'],
    [['files'], 'conflict'],
    [['nothing/*.json', 'eval/b.*'], 4],
    [['nothing.json'], 'conflict'],
    [[], 'conflict'],
  ])('%j', (prefer, expected) => {
    for (const order of [sources, sources.toReversed()]) {
      const known = evidenceOf(order, prefer).get(metricKey('acc'));
      if (expected === 'conflict') expect(known?.kind).toBe('conflict');
      else expect(known).toMatchObject({ measured: { value: expected } });
    }
  });
});
