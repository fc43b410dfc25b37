import { expect, test } from 'vitest';
import { gateChanges } from './gate-changes.ts';
import { loadPolicy } from './load.ts';
import type { Policy } from './policy.ts';

interface Texts {
  readonly model?: string;
  readonly environment?: string;
}

/** A policy of one model and one environment, from what stands in their braces. */
const policy = ({ model = '', environment = '' }: Texts): Policy =>
  loadPolicy(
    `models: { m: { ${model} } }\nenvironments: { prod: { ${environment} } }`,
    'passmuster.yaml',
  );

const changes = (before: Texts, after: Texts) =>
  gateChanges(policy(before), policy(after), 'm', 'prod');

test('approvals that anybody may give in place of those named', () => {
  const before = { environment: 'approvals: { count: 1, from: { users: [ann] } }' };
  const { diff, also } = changes(before, { environment: 'approvals: 1' });
  expect(also).toEqual([{ key: 'approvals.from', from: 'those named', to: 'whoever may write' }]);
  expect(diff).toEqual(['@@ environments.prod.approvals.from @@', '- ann']);
});

const waiver = (values: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify({
    ...{ gate: 'a <= 1', reason: 'flaky', approver: 'ann', until: '2026-12-31' },
    ...values,
  });
const waived = (...waivers: readonly string[]): Texts => ({
  model: 'gates: [a <= 1, b <= 1]',
  environment: `waivers: [${waivers.join()}]`,
});
const AT_WAIVERS = '@@ environments.prod.waivers @@';
const LINE = 'a <= 1, waived until 2026-12-31 by ann: flaky';

test.each<[string, Texts, Texts, readonly string[]]>([
  ['waives a gate', waived(), waived(waiver()), [AT_WAIVERS, `+ ${LINE}`]],
  ['takes a waiver out', waived(waiver()), waived(), [AT_WAIVERS, `- ${LINE}`]],
  [
    'prolongs a waiver',
    waived(waiver()),
    waived(waiver({ until: '2027-12-31' })),
    [AT_WAIVERS, `- ${LINE}`, `+ ${LINE.replace('2026', '2027')}`],
  ],
  [
    'changes only the end of a long reason',
    waived(waiver({ reason: `${'r'.repeat(299)}1` })),
    waived(waiver({ reason: `${'r'.repeat(299)}2` })),
    [AT_WAIVERS, expect.stringMatching(/^- .*r1$/), expect.stringMatching(/^\+ .*r2$/)],
  ],
  [
    'moves a waiver to another place in its list',
    waived(waiver(), waiver({ gate: 'b <= 1' })),
    waived(waiver({ gate: 'b <= 1' }), waiver()),
    [],
  ],
  [
    'names others who may override',
    { environment: 'may-override: [ann, bob]' },
    { environment: 'may-override: [bob, mallory]' },
    ['@@ environments.prod.may-override @@', '- ann', '+ mallory'],
  ],
  [
    'names others who may approve',
    { environment: 'approvals: { count: 1, from: { users: [ann], teams: [acme/ml] } }' },
    { environment: 'approvals: { count: 1, from: { users: [ann, bob], teams: [] } }' },
    ['@@ environments.prod.approvals.from @@', '- acme/ml', '+ bob'],
  ],
  [
    'lets somebody through a freeze',
    { environment: 'freeze: { until: 2026-12-31, reason: r }' },
    { environment: 'freeze: { until: 2026-12-31, reason: r, pass: [mallory] }' },
    ['@@ environments.prod.freeze.pass @@', '+ mallory'],
  ],
])('a pull request that %s, and nothing else', (_, before, after, diff) => {
  const found = changes(before, after);
  expect(found.diff).toEqual(diff);
  expect(found.also).toEqual([]);
});

test('a pull request that brings exceptions shows all of them', () => {
  const loose = policy({
    model: 'gates: [a <= 1]',
    environment: `waivers: [${waiver()}], may-override: [ann], approvals: { count: 1, author: true }`,
  });
  const { diff, also } = gateChanges(undefined, loose, 'm', 'prod');
  const list = '@@ environments.prod.may-override @@';
  expect(diff.slice(2)).toEqual([AT_WAIVERS, `+ ${LINE}`, list, '+ ann']);
  expect(also.map(({ key }) => key).slice(-2)).toEqual(['approvals', 'approvals.author']);
});
