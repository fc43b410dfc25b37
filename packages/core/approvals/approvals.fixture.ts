import { expect } from 'vitest';
import type { EnvironmentAnswer, ForgePullRequest, Review } from '../forge.ts';
import { loginKey } from '../login.ts';
import type { ApprovalRules } from '../policy/policy.ts';
import type { ApprovalFacts, Asking, GivenPlan, Permit } from './approvals.ts';
import { judgeApprovals } from './judge.ts';

export const HEAD = 'abc123f'.padEnd(40, '0');
export const OLDER = 'def456a'.padEnd(40, '0');
export const DIGEST = `sha256:${'0a'.repeat(32)}`;
export const DAY = 86_400_000;
export const NOW = 1_000 * DAY;

export const PLAN: GivenPlan = {
  ...{ digest: 'sha256:p', anew: 'sha256:p' },
  run: { id: '7', attempt: '1' },
};

/** What differs; undefined is what is not there. */
export type Change<Of> = { readonly [Key in keyof Of]?: Of[Key] | undefined };

function differing<Of extends object>(usual: Of, change: Change<Of>): Of {
  const entries = Object.entries({ ...usual, ...change }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(entries) as Of;
}

/** Two approvals of a version that ann registered. */
export const asking = (change: Change<Asking> = {}): Asking =>
  differing<Asking>(
    {
      rules: { count: 2, authorCounts: false },
      environment: 'production',
      run: { server: 'https://github.com', repository: 'acme/models', id: '7', attempt: '1' },
      commit: HEAD,
      names: [DIGEST],
      excluded: new Map([['ann', 'registered the version']]),
      voidBefore: [],
    },
    change,
  );

export const approving = (by: string, change: Partial<Review> = {}): Review => ({
  ...{ by, isPerson: true, state: 'approved', commit: HEAD, at: NOW - DAY },
  ...change,
});

export const letIn = (by: string, change: Partial<EnvironmentAnswer> = {}): EnvironmentAnswer => ({
  ...{ by, isPerson: true, environments: ['production'], approved: true, notBefore: NOW - DAY },
  ...change,
});

export const PULL: ForgePullRequest = { number: 12, author: 'mona', head: HEAD, isOpen: true };

export const permits = (...who: readonly string[]): ReadonlyMap<string, Permit> =>
  new Map(who.map((login) => [loginKey(login), 'yes']));

/** A pull request whose files name the version, and people who may all approve. */
export const facts = (change: Change<ApprovalFacts> = {}): ApprovalFacts =>
  differing<ApprovalFacts>(
    {
      ...{ repository: 'acme/models', now: NOW, pullRequest: PULL, reviews: [], answers: [] },
      naming: { path: 'models.yaml' },
      permits: permits('ann', 'bob', 'carol', 'dan', 'mona'),
    },
    change,
  );

export const rules = (change: Partial<ApprovalRules> = {}): ApprovalRules => ({
  ...{ count: 2, authorCounts: false },
  ...change,
});

/** A judgement in short, which holds together. */
export function judged(ask: Change<Asking>, found: Change<ApprovalFacts>) {
  const approvals = judgeApprovals(asking(ask), facts(found));
  expect(approvals.missing.length === 0).toBe(approvals.counted.length >= approvals.needed);
  return {
    ...approvals,
    by: approvals.counted.map(({ by, kind }) => (kind === 'review' ? by : `${by} (environment)`)),
    whys: approvals.passedOver.map(({ why }) => why),
  };
}

/** What is asked, what was found, who counts, and why others do not. */
export type Row = [
  string,
  Change<Asking>,
  Change<ApprovalFacts>,
  readonly string[],
  readonly RegExp[],
];

export const bob = approving('bob');
export const dan = approving('dan');
