import { expect, test } from 'vitest';
import type { Waiver } from '../policy/policy.ts';
import { gateOf } from './gate.fixture.ts';
import type { Judged } from './judge.ts';
import { isWaived, ruled, waivedText, waiverOf } from './waivers.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');

const waiver = (gate: string, until: string): Waiver => ({
  ...{ gate, until, reason: 'flaky', approver: 'ann' },
  place: { file: 'passmuster.yaml', line: 1, column: 1 },
});

test.each<[string, [gate: string, until: string][], string | undefined]>([
  ['none', [], undefined],
  ['one of another gate', [['b > 1', '2026-12-31']], undefined],
  ['one that lasts', [['a > 1', '2026-12-31']], 'lasts to 2026-12-31'],
  ['one on its last day', [['a > 1', '2026-06-15']], 'lasts to 2026-06-15'],
  ['one that ended yesterday', [['a > 1', '2026-06-14']], 'ended 2026-06-14'],
  ['one that ends now', [['a > 1', '2026-06-15T12:00:00Z']], 'ended 2026-06-15T12:00:00Z'],
  ['one that ends at once', [['a > 1', '2026-06-15T12:00:01Z']], 'lasts to 2026-06-15T12:00:01Z'],
  ['one without a sound end', [['a > 1', 'for ever']], 'ended for ever'],
  ['one of it written otherwise', [['a>1', '2026-12-31']], undefined],
  [
    'an old one beside one that lasts',
    [
      ['a > 1', '2026-01-01'],
      ['a > 1', '2026-12-31'],
    ],
    'lasts to 2026-12-31',
  ],
])('of %s, what a gate is given', (_, waivers, expected) => {
  const all = waivers.map((one) => waiver(...one));
  const found = waiverOf(all, { level: 'fail', text: 'a > 1' }, NOW);
  const said = found && `${found.hasEnded ? 'ended' : 'lasts to'} ${found.waiver.until}`;
  expect(said).toBe(expected);
  expect(waiverOf(all, { level: 'warn', text: 'a > 1' }, NOW)).toBeUndefined();
});

test.each<[Judged['verdict'], string, boolean, string[]]>([
  ['fail', '2026-06-15', true, ['Why.', 'Waived until 2026-06-15 by ann: flaky.']],
  ['inconclusive', '2026-06-15', true, ['Why.', 'Waived until 2026-06-15 by ann: flaky.']],
  [
    'fail',
    '2026-06-14',
    false,
    ['Why.', 'Its waiver by ann ended on 2026-06-14, so it counts again.'],
  ],
  [
    'inconclusive',
    '2026-06-15T11:00Z',
    false,
    ['Why.', 'Its waiver by ann ended at 2026-06-15T11:00Z, so it counts again.'],
  ],
  ['pass', '2026-06-15', false, ['Why.']],
  ['not-applicable', '2026-06-15', false, ['Why.']],
])('a gate that comes to %s with a waiver until %s', async (verdict, until, is, reasons) => {
  const judged = { gate: await gateOf('a > 1'), verdict, reasons: ['Why.'], used: [] };
  const one = ruled(judged, [waiver('a > 1', until)], NOW);
  expect([isWaived(one), one.reasons]).toEqual([is, reasons]);
  expect(one.waived?.waiver.until).toBe(until);
});

test.each([
  ['It ends with a dot.', 'ann', 'Waived until 2026-06-15 by ann: It ends with a dot.'],
  ['see https://u:secret@h', 'a\u202eb', 'by a\\u{202e}b: see https://********@h.'],
])('a reason such as %j is told so that nobody is misled', (reason, approver, says) => {
  const told = { ...waiver('a > 1', '2026-06-15'), reason, approver };
  expect(waivedText({ waiver: told, hasEnded: false })).toContain(says);
});
