import { expect, test } from 'vitest';
import { gateOf } from './gate.fixture.ts';
import type { Judged } from './judge.ts';
import { verdictOf } from './verdict.ts';

type Short = `${'' | 'warn '}${Judged['verdict']}`;

test.each<[Short[], string]>([
  [[], 'inconclusive'],
  [['pass'], 'pass'],
  [['pass', 'not-applicable'], 'pass'],
  [['not-applicable'], 'inconclusive'],
  [['pass', 'inconclusive'], 'inconclusive'],
  [['pass', 'fail'], 'fail'],
  [['inconclusive', 'fail'], 'fail'],
  [['not-applicable', 'fail'], 'fail'],
  [['pass', 'warn fail'], 'pass'],
  [['pass', 'warn inconclusive'], 'pass'],
  [['warn pass'], 'inconclusive'],
  [['warn fail'], 'inconclusive'],
  [['not-applicable', 'warn pass'], 'inconclusive'],
])('%j is %s in all', async (all, verdict) => {
  const [fails, warns] = [await gateOf('a >= 1'), await gateOf('a >= 1', { level: 'warn' })];
  const judged = all.map((one): Judged => {
    const gate = one.startsWith('warn ') ? warns : fails;
    const own = one.replace('warn ', '') as Judged['verdict'];
    return { gate, verdict: own, reasons: [], used: [] };
  });
  expect(verdictOf(judged)).toBe(verdict);
});
