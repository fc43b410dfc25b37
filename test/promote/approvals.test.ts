import type { Host } from '@passmuster/core/host.ts';
import { openForge } from '@passmuster/forge/open.ts';
import type { Ports } from '@passmuster/verbs/promote/ports.ts';
import { expect, onTestFinished, test } from 'vitest';
import { github, HEAD, MERGE, OLDER, PULL, SOON, type World } from '../approvals/world.ts';
import { githubDouble } from '../contract/forge/github-double.ts';
import type { ReviewInState, RunInState } from '../contract/forge/github-state.ts';
import { around } from '../register/running.fixture.ts';
import {
  betweenLookAndTicket,
  historyOf,
  holding,
  MODEL,
  registered,
  run,
  stands,
} from './running.fixture.ts';

const POLICY = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }
environments: { production: { stage: Production, approvals: 2 } }
`;

/** What names the versions, which were registered without their files. */
const NAMES = 's3://m/v1.0.0 and s3://m/v1.1.0';

const review = (by: string, change: Partial<ReviewInState> = {}): ReviewInState => ({
  ...{ by, state: 'APPROVED', commit: HEAD, at: SOON },
  ...change,
});

const PRODUCTION = { version: 'v1.0.0', environment: 'production' };

interface Around {
  readonly reviews?: readonly ReviewInState[];
  readonly runs?: readonly RunInState[];
  readonly host?: Partial<Host>;
  /** The commit in which the policy changed last. */
  readonly changedIn?: string;
}

/** A job that carol started, on the commit of the merge. */
async function jobOn({
  reviews = [],
  runs = [],
  host = {},
  changedIn = OLDER,
}: Around): Promise<Partial<Ports>> {
  const commits = {
    [HEAD]: { 'README.md': '# Models', 'models.yaml': NAMES },
    [MERGE]: { 'passmuster.yaml': POLICY, 'models.yaml': NAMES },
  };
  const files = [{ path: 'models.yaml', patch: `+${NAMES}` }];
  const changes = { 'passmuster.yaml': { commit: changedIn, at: '2026-02-01T00:00:00Z' } };
  const repository = { commits, runs, changes };
  const world: World = { pull: { ...PULL, files, reviews }, repository };
  const double = await githubDouble(github(world), undefined);
  onTestFinished(() => double[Symbol.asyncDispose]());
  const { clock, ...rest } = around();
  const variables = { GITHUB_API_URL: double.apiUrl };
  const run = { server: double.apiUrl, repository: 'acme/models', id: '7', attempt: '1' };
  return {
    clock,
    forge: openForge({ token: 'ghs_TOKEN', variables, clock }),
    host: { ...rest.host, actor: 'carol', isJob: true, run, commit: MERGE, ...host },
  };
}

const both = [review('bob'), review('dan')];

test('two people who reviewed what names the version let it move, and are on record', async () => {
  const address = await registered([0.9], 'none');
  const { outputs, said } = await run(address, PRODUCTION, await jobOn({ reviews: both }));
  expect(outputs, said).toMatchObject({ outcome: 'promoted', to: '1' });
  const [ticket] = await historyOf(address, 'production');
  expect(ticket?.record?.['approvals']).toEqual(
    ['bob', 'dan'].map((by) => ({
      ...{ by, kind: 'review', pull_request: 12, commit: HEAD, at: '2026-03-01T10:00:00.000Z' },
    })),
  );
});

test.each<[string, Around, RegExp]>([
  ['one of two', { reviews: [review('bob')] }, /1 more approval by somebody who may write/],
  ['the author', { reviews: [review('bob'), review('mona')] }, /other than .*mona/],
  [
    'who started the run again',
    { reviews: both, host: { actor: 'bob', startedBy: 'dan' } },
    /2 more approvals by people/,
  ],
  [
    'a policy that came in with what was reviewed',
    { reviews: both, changedIn: MERGE },
    /2 more approvals by people/,
  ],
  [
    'an older head',
    { reviews: [review('bob'), review('dan', { commit: MERGE })] },
    /review pull request #12 at its head abc123f/,
  ],
])('not enough: %s', async (_, given, says) => {
  const address = await registered([0.9], 'none');
  const { outputs, result, said, report } = await run(address, PRODUCTION, await jobOn(given));
  expect({ result, outcome: outputs.outcome }).toEqual({ result: 'refused', outcome: 'refused' });
  expect(said).toMatch(says);
  expect(report).toMatchObject({
    missing_approvals: [expect.stringMatching(says), expect.any(String)],
  });
  expect(await stands(address)).toEqual({});
});

test('what was agreed to before the environment moved was another plan', async () => {
  const address = await registered([0.9, 0.95], 'none');
  await run(address, PRODUCTION, await jobOn({ reviews: both }));
  const later = { ...PRODUCTION, version: 'v1.1.0' };
  const { outputs, said } = await run(address, later, await jobOn({ reviews: both }));
  expect(outputs).toMatchObject({ outcome: 'refused' });
  expect(said).toMatch(/2 more approvals/);
  const now = new Date(Date.now() + 60_000).toISOString().replace(/\.\d+Z/, 'Z');
  const anew = [review('bob', { at: now }), review('dan', { at: now })];
  const again = await run(address, later, await jobOn({ reviews: anew }));
  expect(again.outputs, again.said).toMatchObject({ outcome: 'promoted', to: '2' });
});

test('what was agreed to is asked again once something came between the plan and the turn', async () => {
  const address = await registered([0.9], 'none');
  const reviews = [...both];
  const openRegistry = betweenLookAndTicket(address, async () => {
    reviews.pop();
    await (await holding(address))();
  });
  const ports = { ...(await jobOn({ reviews })), openRegistry };
  const { outputs, said } = await run(address, PRODUCTION, ports);
  expect(outputs, said).toMatchObject({ outcome: 'refused' });
  expect(said).toMatch(/1 more approval by somebody/);
  expect(await stands(address)).toEqual({});
});

const letIn = (by: string): RunInState => ({
  ...{ id: '7', attempt: '1', status: 'in_progress', created: SOON },
  answers: [{ by, state: 'approved', environments: ['production'] }],
});

test('the approval of the environment counts for the plan that an earlier job made', async () => {
  const address = await registered([0.9], 'none');
  const reviews = [review('bob')];
  const runs = [letIn('dan')];
  const planning = { ...PRODUCTION, 'dry-run': 'true', 'plan-file': 'plan.json' };
  const planned = await run(address, planning, await jobOn({ reviews }));
  expect(planned.outputs).toMatchObject({ outcome: 'planned' });
  expect(planned.report).toMatchObject({
    missing_approvals: [expect.stringMatching(/^1 more/), expect.any(String)],
  });
  const without = await run(address, PRODUCTION, await jobOn({ reviews, runs }));
  expect(without.outputs).toMatchObject({ outcome: 'refused' });
  const by = { ...PRODUCTION, plan: 'plan.json' };
  const { outputs, said } = await run(address, by, await jobOn({ reviews, runs }));
  expect(outputs, said).toMatchObject({ outcome: 'promoted' });
});

test('that of an earlier attempt counts neither for its own plan nor for the one after it', async () => {
  const address = await registered([0.9], 'none');
  const reviews = [review('bob')];
  const runs: RunInState[] = [letIn('dan')];
  const second = async () => {
    const ports = await jobOn({ reviews, runs });
    const { host } = ports;
    return host?.run ? { ...ports, host: { ...host, run: { ...host.run, attempt: '2' } } } : ports;
  };
  const planning = { ...PRODUCTION, 'dry-run': 'true', 'plan-file': 'plan.json' };
  const by = { ...PRODUCTION, plan: 'plan.json' };
  await run(address, planning, await jobOn({ reviews }));
  const old = await run(address, by, await second());
  expect(old.outputs).toMatchObject({ outcome: 'refused' });
  expect(old.said).toContain('attempt 1 of this run made its file, and this is attempt 2');
  await run(address, planning, await second());
  const early = await run(address, by, await second());
  expect(early.outputs).toMatchObject({ outcome: 'refused' });
  expect(JSON.stringify(early.page)).toContain('dan approved in an earlier attempt of this run');
  runs.push({ ...letIn('dan'), attempt: '2' });
  const { outputs, said } = await run(address, by, await second());
  expect(outputs, said).toMatchObject({ outcome: 'promoted' });
});

test('in a terminal nobody can be asked, so nothing moves', async () => {
  const address = await registered([0.9], POLICY);
  const { outputs, said } = await run(address, PRODUCTION);
  expect(outputs).toMatchObject({ outcome: 'refused' });
  expect(said).toMatch(/2 approvals are needed, and .* promote from a job there/);
});
