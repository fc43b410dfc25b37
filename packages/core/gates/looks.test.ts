import { describe, expect, test } from 'vitest';
import { evidenceOf, type Source } from '../evidence/evidence.ts';
import type { Conditions, Measured } from '../evidence/measured.ts';
import { gateOf } from './gate.fixture.ts';
import { type Judged, judge } from './judge.ts';
import { lookAlike, lookIn, unprovenIn } from './looks.ts';

const ORIGIN = { kind: 'file', path: 'r.json', digest: 'sha256:x', at: '' } as const;

/** What was measured on which data, by name; nothing where nobody says on which. */
type Said = Readonly<Record<string, string | undefined>>;

const measured = (metric: string, conditions: Conditions): Measured => ({
  metric,
  value: 1,
  conditions,
  origin: { ...ORIGIN, at: `/${metric}` },
});

const sourceOf = (all: readonly Measured[], more: Partial<Source> = {}): Source => ({
  origin: ORIGIN,
  reading: { measured: all, unusable: [], remarks: [] },
  ...more,
});

/** `a of s` is what `a` has in the slice `s`. */
function measuredOn([key, dataset]: [string, string | undefined]): Measured {
  const [metric = '', slice] = key.split(' of ');
  const one = measured(metric, dataset === undefined ? {} : { dataset });
  return slice === undefined ? one : { ...one, slice };
}

const evidence = (said: Said) => evidenceOf([sourceOf(Object.entries(said).map(measuredOn))]);

async function judged(text: string, ours: Said, theirs: Said, must = false): Promise<Judged> {
  const candidate = lookIn('candidate', evidence(ours), false);
  const champion = lookIn('champion', evidence(theirs), false);
  const look = lookAlike(candidate, champion, must);
  return judge(await gateOf(text), { candidate, champion: { kind: 'version', look } });
}

const DIFFERS = 'the name of the data differs: x for the candidate, y for the champion';

describe('what a value of the champion is held against', () => {
  test.each<[string, string, Said, Said]>([
    ['the same metric', 'a >= champion', { a: 'x' }, { a: 'y' }],
    ['what stands on the left', 'a >= champion["b"]', { a: 'x' }, { b: 'y' }],
    [
      'what stands on the left, not what has its name',
      'a >= champion["b"]',
      { a: 'x', b: 'y' },
      { b: 'y' },
    ],
    ['what has its name on the left', 'a - b >= champion["a"]', { a: 'x', b: 'y' }, { a: 'y' }],
    ['each on the left', 'max(a, c) >= champion["b"]', { a: 'y', c: 'x' }, { b: 'y' }],
    [
      'a part of the data is another metric',
      'a >= champion.slice["s"].a',
      { a: 'x' },
      { 'a of s': 'y' },
    ],
  ])('%s: %s', async (_, text, ours, theirs) => {
    const { verdict, reasons } = await judged(text, ours, theirs);
    expect(verdict).toBe('inconclusive');
    expect(reasons.join()).toContain(`is not comparable: ${DIFFERS}.`);
  });

  test.each<[string, string, Said, Said]>([
    ['the same data', 'a >= champion["b"]', { a: 'x' }, { b: 'x' }],
    ['its own name on the left', 'a - b >= champion["b"] - 1', { a: 'y', b: 'x' }, { b: 'x' }],
    ['a name only on the right', 'a >= champion["b"] + b - 1', { a: 'x', b: 'y' }, { b: 'x' }],
  ])('%s is comparable: %s', async (_, text, ours, theirs) => {
    const found = await judged(text, ours, theirs, true);
    expect(found.reasons.filter((reason) => reason.includes('comparable'))).toEqual([]);
    expect(unprovenIn(found.gate, found.used)).toBeUndefined();
  });
});

const UNPROVEN: readonly [string, string, Said, Said, string][] = [
  ['one side', 'a >= champion', { a: 'x' }, { a: undefined }, 'no data is named for the champion'],
  ['another metric', 'a >= champion["b"]', { a: undefined }, { b: 'x' }, 'for the candidate'],
  [
    'one of two',
    'max(a, c) >= champion["b"]',
    { a: 'x', c: undefined },
    { b: 'x' },
    'for the candidate',
  ],
];

describe('what is not proven', () => {
  test.each(UNPROVEN)('of %s is said: %s', async (_, text, ours, theirs, says) => {
    const { gate, used, verdict } = await judged(text, ours, theirs);
    expect(verdict).toBe('pass');
    expect(unprovenIn(gate, used)).toMatch(/^not proven comparable: /);
    expect(unprovenIn(gate, used)).toContain(says);
  });

  test.each(UNPROVEN)('of %s blocks where proof is asked for: %s', async (_, text, ...more) => {
    const [ours, theirs, says] = more;
    const { verdict, reasons } = await judged(text, ours, theirs, true);
    expect(verdict).toBe('inconclusive');
    expect(reasons.join()).toMatch(/`[ab]` is not proven to be comparable: /);
    expect(reasons.join()).toContain(says);
  });

  test('nothing to compare with proves nothing', async () => {
    const says = 'the candidate has no value to compare it with';
    const { gate, used } = await judged('a >= champion', {}, { a: 'x' });
    expect(unprovenIn(gate, used)).toBe(`not proven comparable: ${says}`);
    const strict = await judged('a >= champion', {}, { a: 'x' }, true);
    expect(strict.reasons.join(' ')).toContain(`\`a\` is not proven to be comparable: ${says}.`);
  });

  test('without the champion there is nothing to prove', async () => {
    const { gate, used } = await judged('a >= 0', { a: undefined }, {});
    expect(unprovenIn(gate, used)).toBeUndefined();
  });
});

describe('one side', () => {
  const unusable = { metric: 'n', found: 'null', origin: { ...ORIGIN, at: '/n' } };
  const known = evidenceOf([
    sourceOf([measured('a', {}), { ...measured('b', {}), slice: 'x' }], { unbound: 'why not' }),
    { origin: ORIGIN, reading: { measured: [], unusable: [unusable], remarks: [] } },
  ]);

  test.each([
    ['what must be bound', { metric: 'a' }, true, 'in r.json at /a, is unbound: why not.'],
    [
      'what is no number',
      { metric: 'n' },
      false,
      '`n` of the candidate: it is null in r.json at /n.',
    ],
    ['what is not there', { metric: 'recall' }, false, 'there are `a`, `slice["x"].b`, `n`.'],
    ['what was meant', { metric: 'b', slice: 'y' }, false, 'did you mean `slice["x"].b`?'],
  ])('%s has no value that counts', (_, name, mustBeBound, says) => {
    const looked = lookIn('candidate', known, mustBeBound)(name);
    expect('why' in looked && looked.why).toContain(says);
  });

  test('unbound evidence counts where it may', () => {
    expect(lookIn('candidate', known, false)({ metric: 'a' })).toMatchObject({
      measured: { metric: 'a', value: 1 },
    });
  });
});
