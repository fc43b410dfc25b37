import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { gateOf } from './gate.fixture.ts';
import type { Judged } from './judge.ts';
import { judgementOf } from './judgement.ts';
import { verdictOf } from './verdict.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const TEXTS = ['a > 1', 'b > 1', 'c > 1', 'd > 1'];

const verdicts = fc.constantFrom<Judged['verdict'][]>(
  'pass',
  'fail',
  'inconclusive',
  'not-applicable',
);
const level = fc.constantFrom('fail' as const, 'warn' as const);
const waiver = fc.record({
  gate: fc.constantFrom(...TEXTS),
  until: fc.constantFrom('2026-06-14', '2026-06-15', '2026-06-15T12:00:00Z', '2027-01-01', '?'),
});

test('waived gates are left out of the verdict, whatever they came to, and nothing else is', async () => {
  const gates = await Promise.all(TEXTS.map((text) => gateOf(text)));
  const property = fc.property(
    fc.array(fc.tuple(verdicts, level), { maxLength: TEXTS.length }),
    fc.array(waiver, { maxLength: 4 }),
    (ends, some) => {
      const judged = ends.flatMap(([verdict, of], index): Judged[] => {
        const gate = gates[index];
        return gate ? [{ gate: { ...gate, level: of }, verdict, reasons: [], used: [] }] : [];
      });
      const waivers = some.map((one) => ({
        ...{ ...one, reason: 'r', approver: 'a' },
        place: { file: 'p' },
      }));
      const lasting = new Set(
        waivers
          .filter(({ until }) => until === '2026-06-15' || until === '2027-01-01')
          .map((one) => one.gate),
      );
      const isLeftOut = ({ gate, verdict }: Judged) =>
        gate.level === 'fail' &&
        lasting.has(gate.text) &&
        (verdict === 'fail' || verdict === 'inconclusive');
      const judgement = judgementOf(judged, waivers, NOW);
      expect(judgement.verdict).toBe(verdictOf(judged.filter((one) => !isLeftOut(one))));
      expect(judgement.judged.map(({ gate, verdict }) => [gate, verdict])).toEqual(
        judged.map(({ gate, verdict }) => [gate, verdict]),
      );
      if (judgement.verdict === 'pass') {
        expect(judged.some((one) => one.gate.level === 'fail' && one.verdict === 'pass')).toBe(
          true,
        );
      }
    },
  );
  fc.assert(property, rounds(5_000));
});
