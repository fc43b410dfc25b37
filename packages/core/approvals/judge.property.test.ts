import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import type { EnvironmentAnswer, Review } from '../forge.ts';
import { loginKey } from '../login.ts';
import { visible } from '../visible.ts';
import { asking, HEAD, NOW, OLDER, PLAN, PULL } from './approvals.fixture.ts';
import type { Permit } from './approvals.ts';
import { judgeApprovals } from './judge.ts';

/** People in several spellings, look-alikes, bots, and whatever a forge that lies may say. */
const login = fc.oneof(
  fc.constantFrom(
    'ann',
    'ANN',
    'bob',
    'Bob',
    'mona',
    'k',
    '\u212a',
    'dan',
    '',
    'x[bot]',
    '\u001b[2K',
  ),
  fc.string({ unit: 'binary', maxLength: 80 }),
);
const isPerson = fc.boolean();
const states = ['approved', 'changes-requested', 'dismissed', 'commented'] as const;

const reviews: fc.Arbitrary<Review[]> = fc.array(
  fc.record({
    ...{ by: login, isPerson, state: fc.constantFrom(...states) },
    ...{ commit: fc.constantFrom(HEAD, OLDER), at: fc.integer({ min: NOW - 9, max: NOW }) },
  }),
);
const answers: fc.Arbitrary<EnvironmentAnswer[]> = fc.array(
  fc.record({
    ...{ by: login, isPerson, approved: fc.boolean(), notBefore: fc.constant(NOW) },
    environments: fc.array(fc.oneof(fc.constantFrom('production', 'Production'), fc.string())),
  }),
);
const permit = fc.constantFrom<Permit>('yes', { no: 'No.' }, { unknown: 'Not told.' });

const keysOf = (names: Iterable<string>): string[] => [...names].map(loginKey);

test('nobody counts who did not approve, who is ruled out, or who counted before', () => {
  const permits = fc
    .array(fc.tuple(login, permit))
    .map((all) => new Map(all.map(([by, one]) => [loginKey(by), one])));
  const excluded = fc.array(login).map((all) => new Map(all.map((by) => [by, 'did it'])));
  const property = fc.property(
    ...([reviews, answers, permits, excluded, fc.nat(4), fc.boolean()] as const),
    (reviewed, answered, allowed, out, count, authorCounts) => {
      const judged = judgeApprovals(
        asking({ rules: { count, authorCounts }, excluded: out, plan: PLAN }),
        {
          ...{ repository: 'acme/models', now: NOW, pullRequest: PULL, permits: allowed },
          ...{ reviews: reviewed, answers: answered, naming: { path: 'models.yaml' } },
        },
      );
      const counted = keysOf(judged.counted.map(({ by }) => by));
      expect(new Set(counted).size).toBe(counted.length);
      expect(judged.counted.filter(({ kind }) => kind === 'environment').length).toBeLessThan(2);
      for (const { by, kind, commit } of judged.counted) {
        expect(by).toMatch(/^[A-Za-z0-9_-]{1,100}$/);
        expect(allowed.get(loginKey(by))).toBe('yes');
        expect(keysOf(out.keys())).not.toContain(loginKey(by));
        if (!authorCounts) expect(loginKey(by)).not.toBe('mona');
        const said = kind === 'review' ? reviewed.filter((one) => one.commit === commit) : answered;
        expect(keysOf(said.filter((one) => one.isPerson).map((one) => one.by))).toContain(
          loginKey(by),
        );
      }
      expect(judged.missing.length === 0).toBe(counted.length >= count);
      for (const text of [...judged.missing, ...judged.passedOver.map(({ why }) => why)]) {
        expect(text).toBe(visible(text));
      }
    },
  );
  fc.assert(property, rounds(3000));
});
