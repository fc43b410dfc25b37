import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../policy/parse.ts';
import { type Identity, type Plan, planDigest, policyDigest, promotionId } from './identity.ts';

const IDENTITY: Identity = {
  repository: 'acme/models',
  ledger: 'passmuster.gpt-custom',
  created: 1_750_000_000_000,
  model: 'gpt-custom',
  environment: 'production',
  from: { number: '1', ticket: '7' },
  to: { number: '2', digest: 'sha256:2' },
  policy: 'sha256:p',
};

describe('a promotion’s id', () => {
  test('is the same for the same, whatever else is known of its versions', () => {
    const id = promotionId(IDENTITY);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const more = { ...IDENTITY, to: { ...IDENTITY.to, version: 'v1.1.0' } };
    expect(promotionId(more)).toBe(id);
  });

  test('is another wherever one thing differs', () => {
    const { from: _, ...first } = IDENTITY;
    const others: Identity[] = [
      IDENTITY,
      first,
      { ...IDENTITY, repository: '' },
      { ...IDENTITY, ledger: 'passmuster.other' },
      { ...IDENTITY, created: 1_750_000_000_001 },
      { ...IDENTITY, model: 'other' },
      { ...IDENTITY, environment: 'staging' },
      { ...IDENTITY, from: { number: '3', ticket: '7' } },
      // The same move after a rollback: what is there came there by another ticket.
      { ...IDENTITY, from: { number: '1', ticket: '9' } },
      { ...IDENTITY, from: { number: '1' } },
      { ...IDENTITY, to: { number: '3', digest: 'sha256:2' } },
      { ...IDENTITY, to: { number: '2', digest: 'sha256:3' } },
      { ...IDENTITY, to: { number: '2' } },
      { ...IDENTITY, policy: 'sha256:q' },
    ];
    expect(new Set(others.map(promotionId)).size).toBe(others.length);
  });

  test('does not run texts together', () => {
    const one = { ...IDENTITY, repository: 'a","b', ledger: 'c' };
    const other = { ...IDENTITY, repository: 'a', ledger: 'b","c' };
    expect(promotionId(one)).not.toBe(promotionId(other));
  });
});

const POLICY = `
models:
  gpt-custom:
    gates:
      - accuracy >= 0.9
environments:
  staging: { stage: Staging }
  production: { after: staging, stage: Production, alias: champion }
`;

describe('a policy’s digest', () => {
  const digestOf = async (text: string, file = 'passmuster.yaml'): Promise<string> =>
    policyDigest(await parsePolicy(text, file));

  test.each([
    ['comments and blank lines', `# what we decided\n\n\n${POLICY}`],
    [
      'the order of environments',
      `
models:
  gpt-custom: { gates: ["accuracy >= 0.9"] }
environments:
  production: { alias: champion, stage: Production, after: staging }
  staging: { stage: Staging }
`,
    ],
  ])('is the same, whatever %s', async (_, text) => {
    expect(await digestOf(text)).toBe(await digestOf(POLICY));
  });

  test('nor what the file is called', async () => {
    expect(await digestOf(POLICY, 'other/policy.yaml')).toBe(await digestOf(POLICY));
  });

  test.each([
    ['a gate', POLICY.replace('0.9', '0.8')],
    ['its level', POLICY.replace('accuracy', '"warn: accuracy').replace('0.9', '0.9"')],
    ['an alias', POLICY.replace('champion', 'live')],
    ['what comes before', POLICY.replace('after: staging, ', '')],
    ['an environment', POLICY.replace('staging: {', 'file: {').replace('after: staging, ', '')],
    ['approvals', POLICY.replace('alias: champion', 'alias: champion, approvals: 1')],
  ])('is another when %s is', async (_, text) => {
    expect(await digestOf(text)).not.toBe(await digestOf(POLICY));
  });
});

const PLAN: Plan = {
  id: promotionId(IDENTITY),
  model: 'gpt-custom',
  environment: 'production',
  from: { number: '1', ticket: '7' },
  to: { number: '2', digest: 'sha256:2' },
  steps: [
    { kind: 'stage', place: 'Production', before: '1', after: '2' },
    { kind: 'alias', place: 'champion', before: '1', after: '2' },
  ],
  policy: 'sha256:p',
  verdict: 'pass',
  gates: [{ gate: 'accuracy >= 0.9', level: 'fail', verdict: 'pass', value: 0.95, bound: 0.9 }],
  evidence: ['sha256:e'],
};

test('a plan has one digest, and another wherever one thing differs', () => {
  const [stage, alias] = PLAN.steps;
  const [gate] = PLAN.gates;
  if (!stage || !alias || !gate) throw new Error('there are two steps and a gate');
  const { from: _, ...first } = PLAN;
  const others: Plan[] = [
    PLAN,
    first,
    { ...PLAN, id: 'b'.repeat(32) },
    { ...PLAN, model: 'other' },
    { ...PLAN, environment: 'staging' },
    { ...PLAN, to: { number: '3', digest: 'sha256:2' } },
    { ...PLAN, steps: [alias] },
    { ...PLAN, steps: [alias, stage] },
    { ...PLAN, steps: [{ ...stage, before: '3' }, alias] },
    { ...PLAN, policy: 'sha256:q' },
    { ...PLAN, verdict: 'fail' },
    { ...PLAN, gates: [] },
    { ...PLAN, gates: [{ ...gate, value: 0.96 }] },
    { ...PLAN, gates: [{ ...gate, verdict: 'fail' }] },
    { ...PLAN, evidence: [] },
  ];
  expect(new Set(others.map(planDigest)).size).toBe(others.length);
  expect(planDigest({ ...PLAN })).toBe(planDigest(PLAN));
});
