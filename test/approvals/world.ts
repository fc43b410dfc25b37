import type { Approvals, Asking } from '@passmuster/core/approvals/approvals.ts';
import { gatherApprovals } from '@passmuster/core/approvals/gather.ts';
import type { WorkflowRun } from '@passmuster/core/host.ts';
import { openForge } from '@passmuster/forge/open.ts';
import { onTestFinished } from 'vitest';
import { githubDouble } from '../contract/forge/github-double.ts';
import type {
  GithubState,
  PullRequestInState,
  RepositoryInState,
} from '../contract/forge/github-state.ts';
import { surroundings } from '../surroundings.ts';

export const HEAD = 'abc123f'.padEnd(40, '0');
export const MERGE = 'fed987c'.padEnd(40, '0');
export const OLDER = 'def456a'.padEnd(40, '0');
export const DIGEST = `sha256:${'0a'.repeat(32)}`;
export const SOON = '2026-03-01T10:00:00Z';

/** A pull request by mona that puts the version into a file, merged on the first of March. */
export const PULL: PullRequestInState = {
  ...{ number: 12, author: 'mona', head: HEAD, state: 'closed' },
  merged: { at: '2026-03-01T11:00:00Z', commit: MERGE },
  files: [{ path: 'README.md' }, { path: 'models.yaml', patch: `+gpt: ${DIGEST}` }],
};

export interface World {
  readonly pull?: Partial<PullRequestInState>;
  readonly repository?: Partial<RepositoryInState>;
  readonly github?: Partial<GithubState>;
}

export const github = ({ pull, repository, github: change }: World): GithubState => ({
  token: 'ghs_TOKEN',
  permissions: ['contents', 'actions', 'pull-requests'],
  now: 'Mon, 02 Mar 2026 12:00:00 GMT',
  repositories: {
    'acme/models': {
      defaultBranch: 'main',
      refs: { 'refs/heads/main': MERGE },
      commits: { [HEAD]: { 'README.md': '# Models', 'models.yaml': `gpt: ${DIGEST}\n` } },
      changes: { 'passmuster.yaml': { commit: MERGE, at: '2026-02-01T00:00:00Z' } },
      runs: [],
      access: {
        ann: 'admin',
        bob: 'write',
        carol: 'maintain',
        dan: 'write',
        eve: 'read',
        mona: 'write',
      },
      pullRequests: [{ ...PULL, ...pull }],
      ...repository,
    },
  },
  ...change,
});

export interface Gathered extends Approvals {
  readonly by: readonly string[];
  readonly whys: readonly string[];
  readonly asked: readonly string[];
}

/** What a job on the commit of the merge finds, where carol started it and ann registered the version. */
export async function gather(world: World, ask: Partial<Asking> = {}): Promise<Gathered> {
  const double = await githubDouble(github(world), undefined);
  onTestFinished(() => double[Symbol.asyncDispose]());
  const { clock, signal } = surroundings();
  const variables = { GITHUB_API_URL: double.apiUrl };
  const forge = openForge({ token: 'ghs_TOKEN', variables, clock });
  const run: WorkflowRun = {
    server: double.apiUrl,
    repository: 'acme/models',
    id: '7',
    attempt: '1',
  };
  const asking: Asking = {
    ...{ rules: { count: 2, authorCounts: false }, environment: 'production', run, commit: MERGE },
    ...{ names: [DIGEST], voidBefore: [] },
    excluded: new Map([
      ['ann', 'registered the version'],
      ['carol', 'started the run'],
    ]),
    ...ask,
  };
  const approvals = await gatherApprovals(asking, forge, signal);
  return {
    ...approvals,
    by: approvals.counted.map(({ by }) => by),
    whys: approvals.passedOver.map(({ why }) => why),
    asked: double.asked,
  };
}
