import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Aim, changesTo, hasCanary, shareIn, USUAL_KEYS } from './serving.ts';

const data = (values: Readonly<Record<string, string>>) => new Map(Object.entries(values));
const at = (share: string) =>
  data({ current_version: 'v1', canary_version: 'v2', canary_traffic_percentage: share });
const changed = (from: ReadonlyMap<string, string>, aim: Aim, url?: string) =>
  Object.fromEntries(changesTo(from, USUAL_KEYS, aim, url));

test.each([
  ['0', 0],
  ['10', 10],
  ['100', 100],
  ['12.5', 12.5],
  [' 5 ', 5],
  ['', 0],
  ['101', Number.NaN],
  ['-1', Number.NaN],
  ['1e1', Number.NaN],
  ['ten', Number.NaN],
  ['10%', Number.NaN],
])('a share of %j is %d', (text, share) => {
  expect(shareIn(at(text), USUAL_KEYS)).toBe(share);
  // What nobody can read may be a share of all of it.
  expect(hasCanary(at(text), USUAL_KEYS)).toBe(share !== 0);
});

test('no such key is no share', () => {
  expect(shareIn(data({}), USUAL_KEYS)).toBe(0);
});

describe('what has to change', () => {
  const serve = { do: 'serve', version: 'v3' } as const;

  test.each<[string, ReadonlyMap<string, string>, Aim, Record<string, string>]>([
    ['to serve, beside no canary', at('0'), serve, { current_version: 'v3' }],
    ['to serve, where nothing stands', data({}), serve, { current_version: 'v3' }],
    [
      ...(['to serve what is no canary any more', at('10'), serve] as const),
      { current_version: 'v3', canary_version: 'v3', canary_traffic_percentage: '0' },
    ],
    [
      ...(['to serve what was the canary', at('10'), { do: 'serve', version: 'v2' }] as const),
      { current_version: 'v2', canary_traffic_percentage: '0' },
    ],
    ['nothing, where it serves', at('0'), { do: 'serve', version: 'v1' }, {}],
    [
      ...(['for a canary', at('0'), { do: 'canary', version: 'v3', share: 10 }] as const),
      { canary_version: 'v3', canary_traffic_percentage: '10' },
    ],
    [
      ...(['for another share', at('10'), { do: 'canary', version: 'v2', share: 20 }] as const),
      { canary_traffic_percentage: '20' },
    ],
    [
      ...(['to drop one', at('10'), { do: 'drop' }] as const),
      { canary_version: 'v1', canary_traffic_percentage: '0' },
    ],
    [
      'to drop one that nothing serves beside',
      data({}),
      { do: 'drop' },
      { canary_traffic_percentage: '0' },
    ],
  ])('%s', (_, from, aim, changes) => {
    expect(changed(from, aim)).toEqual(changes);
  });

  test('the base of the artifacts, where one is given', () => {
    expect(changed(at('0'), { do: 'serve', version: 'v1' }, 's3://m')).toEqual({
      model_registry_url: 's3://m',
    });
  });
});

const version = fc.constantFrom('v1', 'v2', 'v3');
const share = fc.constantFrom('0', '10', '100');
const aims = fc.oneof(
  fc.record({ do: fc.constant('serve' as const), version }),
  fc.record({ do: fc.constant('canary' as const), version, share: fc.constantFrom(0, 10, 100) }),
  fc.record({ do: fc.constant('drop' as const) }),
);

test('again changes nothing, and a canary key that is there is never emptied', () => {
  const states = fc.record({
    current_version: version,
    canary_version: version,
    canary_traffic_percentage: share,
  });
  fc.assert(
    fc.property(states, aims, (state, aim) => {
      const changes = changesTo(data(state), USUAL_KEYS, aim, undefined);
      const after = new Map([...data(state), ...changes]);
      expect([...after.values()]).not.toContain('');
      expect(changesTo(after, USUAL_KEYS, aim, undefined).size).toBe(0);
      if (aim.do !== 'canary') expect(hasCanary(after, USUAL_KEYS)).toBe(false);
      if (aim.do === 'drop') expect(after.get('canary_version')).toBe(state.current_version);
    }),
  );
});
