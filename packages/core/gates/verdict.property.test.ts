import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { evidence } from './evidence.fixture.ts';
import { said } from './gate.fixture.ts';
import type { Gate } from './gate.ts';
import { judge } from './judge.ts';
import { readGates } from './read.ts';
import { verdictOf } from './verdict.ts';

const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 0.5, 0.85, 1, -1, 100) },
  fc.double(),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, Number.MAX_VALUE, 1e200),
);
const values = fc.record({ a: value, b: value, 'slice["x"].a': value }, { requiredKeys: [] });

const operand = fc.oneof(
  fc.constantFrom('champion["a"]', 'champion.slice["x"].a', 'champion.c', 'a', 'b', 'slice["x"].a'),
  fc.constantFrom('0', '0.5', '0.85', '1', '1e300'),
);
const side = fc.oneof(
  operand,
  fc.tuple(operand, fc.constantFrom('+', '-', '*', '/'), operand).map((parts) => parts.join(' ')),
  fc.tuple(operand, operand).map(([one, other]) => `min(${one}, -${other})`),
);
const line = fc.record({
  text: fc
    .tuple(
      fc.constantFrom('a', 'b', 'c', 'slice["x"].a', 'abs(a - b)', 'a / b'),
      fc.constantFrom('<', '<=', '>', '>=', '==', '!='),
      side,
    )
    .map((parts) => parts.join(' ')),
  level: fc.constantFrom('fail' as const, 'warn' as const),
});

/** A gate that compares a metric with itself is refused. */
async function gatesOf(lines: readonly { text: string; level: Gate['level'] }[]): Promise<Gate[]> {
  const all = await Promise.all(
    lines.map(({ text, level }) => readGates([said(text, { level })]).catch(() => [])),
  );
  return all.flat();
}

const cases = [
  fc.array(line, { maxLength: 6 }),
  values,
  fc.option(values, { nil: undefined }),
] as const;

test('a pass needs that every gate that counts passed on finite numbers, or was not applicable, and one passed', async () => {
  await fc.assert(
    fc.asyncProperty(...cases, async (lines, candidate, champion) => {
      const gates = await gatesOf(lines);
      const judged = gates.map((gate) => judge(gate, evidence(candidate, champion)));
      for (const { verdict, value, bound, margin, used, reasons } of judged) {
        const finite = [value, bound, margin, ...used.map((one) => one.measured.value)].every(
          (number) => number !== undefined && Math.abs(number) < 1.797e308,
        );
        expect(finite).toBe(verdict === 'pass' || verdict === 'fail');
        expect(reasons.length === 0).toBe(verdict === 'pass');
      }
      const counting = judged
        .filter(({ gate }) => gate.level === 'fail')
        .map(({ verdict }) => verdict);
      const sound = counting.every((verdict) => verdict === 'pass' || verdict === 'not-applicable');
      expect(verdictOf(judged) === 'pass').toBe(sound && counting.includes('pass'));
    }),
    rounds(10_000),
  );
});

test('a gate more that fails is no pass, and the order of gates changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(...cases, fc.nat(), async (lines, candidate, champion, seed) => {
      const gates = await gatesOf(lines);
      const against = { ...evidence({ ...candidate, a: 0.5 }, champion) };
      const judged = gates.map((gate) => judge(gate, against));
      const failing = (await gatesOf([{ text: 'a >= 0.6', level: 'fail' }])).map((gate) =>
        judge(gate, against),
      );
      const at = seed % (judged.length + 1);
      expect(verdictOf(judged.toSpliced(at, 0, ...failing))).toBe('fail');
      const turned = [...judged.slice(at), ...judged.slice(0, at)].reverse();
      expect(verdictOf(turned)).toBe(verdictOf(judged));
    }),
    rounds(10_000),
  );
});

test('of each comparison and its opposite one holds, on whatever numbers', async () => {
  const opposites = await Promise.all(
    [
      ['a < b', 'a >= b'],
      ['a <= b', 'a > b'],
      ['a == b', 'a != b'],
    ].map((texts) => gatesOf(texts.map((text) => ({ text, level: 'fail' as const })))),
  );
  const near = fc.tuple(fc.double(), fc.integer({ min: -9, max: 9 })).map(([one, ulps]) => ({
    a: one,
    b: one * (1 + ulps * Number.EPSILON),
  }));
  fc.assert(
    fc.property(fc.oneof(near, fc.record({ a: value, b: value })), (numbers) => {
      for (const pair of opposites) {
        const verdicts = pair.map((gate) => judge(gate, evidence(numbers)).verdict).sort();
        expect([
          ['fail', 'pass'],
          ['inconclusive', 'inconclusive'],
        ]).toContainEqual(verdicts);
      }
    }),
    rounds(20_000),
  );
});

test('very many gates are read and judged', async () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => said(`m${index} >= champion - 0.01`));
  const gates = await readGates(lines);
  const look = ({ metric }: { metric: string }) => ({
    measured: { metric, value: 0.5, origin: { kind: 'run', id: 'r' }, conditions: {} } as const,
  });
  const against = { candidate: look, champion: { kind: 'version', look } } as const;
  const judged = gates.map((gate) => judge(gate, against));
  expect(judged).toHaveLength(100_000);
  expect(verdictOf(judged)).toBe('pass');
});
