import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thisHost } from '@passmuster/action-kit/run/host.ts';
import { gateChanges } from '@passmuster/core/policy/gate-changes.ts';
import { judgingPolicy } from '@passmuster/core/policy/judging-policy.ts';
import type { Policy } from '@passmuster/core/policy/policy.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { openForge } from '@passmuster/forge/open.ts';
import { expect, onTestFinished, test } from 'vitest';
import { githubDouble } from '../contract/forge/github-double.ts';
import type { GithubState } from '../contract/forge/github-state.ts';
import { surroundings } from '../surroundings.ts';
import { folderWith } from '../verify/folder.ts';

const NOW = 'a'.repeat(40);
const STRICT = 'models: { m: { gates: [accuracy >= 0.9, loss <= 1] } }\n';
const BENT = 'models: { m: { gates: [accuracy >= 0.1, loss <= 1] } }\n';

const github = (ref: string): GithubState => ({
  token: 'ghs_TOKEN',
  // As the token of a pull request from a fork has it.
  permissions: ['contents'],
  repositories: {
    'octo-org/model': {
      defaultBranch: 'main',
      refs: { 'refs/heads/main': 'c'.repeat(40), [`refs/heads/${ref}`]: NOW },
      commits: { [NOW]: { 'passmuster.yaml': STRICT }, ['c'.repeat(40)]: {} },
      runs: [],
    },
  },
});

const event = (ref: string) =>
  JSON.stringify({
    pull_request: {
      number: 5,
      base: { ref, sha: 'd'.repeat(40) },
      head: { repo: { full_name: 'mallory/model' } },
    },
  });

/** What a job for a pull request from a fork finds, on a GitHub server with its API below `under`. */
async function inJob(ref: string, folder: string, under = '') {
  const double = await githubDouble(github(ref), undefined, under);
  onTestFinished(() => double[Symbol.asyncDispose]());
  const outside = await mkdtemp(join(tmpdir(), 'passmuster-'));
  onTestFinished(() => rm(outside, { recursive: true }));
  const eventFile = join(outside, 'event.json');
  await writeFile(eventFile, event(ref));
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  const variables = {
    ...{ GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: eventFile },
    ...{ GITHUB_BASE_REF: ref, GITHUB_API_URL: double.apiUrl, GITHUB_REPOSITORY: 'octo-org/model' },
    ...{ GITHUB_SERVER_URL: 'https://git.test', GITHUB_RUN_ID: '1', GITHUB_RUN_ATTEMPT: '1' },
  };
  const { clock, signal } = surroundings();
  const forge = openForge({ token: 'ghs_TOKEN', variables, clock });
  const ports = { forge, files: diskFiles(), host: thisHost(variables) };
  return { judges: await judgingPolicy(ports, 'passmuster.yaml', signal), asked: double.asked };
}

const textsOf = (policy?: Policy) => policy?.models.get('m')?.gates.map(({ text }) => text);

test.each([
  ['main-2', ''],
  ['feature/ü#1%25+x', ''],
  ['release/v1', '/api/v3'],
])('a pull request into %s that loosens its gates, at an API below %j', async (ref, under) => {
  const folder = await folderWith({ 'passmuster.yaml': BENT });
  const { judges, asked } = await inJob(ref, folder, under);
  expect(judges).toMatchObject({ from: 'base-branch', commit: NOW, inForce: true, remarks: [] });
  expect(textsOf(judges.policy)).toEqual(['accuracy >= 0.9', 'loss <= 1']);
  const { proposed } = judges;
  if (proposed?.is !== 'policy') throw new Error('nothing was proposed');
  expect(gateChanges(judges.policy, proposed.policy, 'm', undefined).diff).toEqual([
    '@@ models.m.gates @@',
    '- accuracy >= 0.9',
    '+ accuracy >= 0.1',
  ]);
  expect(asked.every((one) => one.startsWith(`GET ${under}/repos/octo-org/model/`))).toBe(true);
});

test.each([
  ['to a file of the work tree', 'config', /is a link, which is not followed/],
  ['out of the work tree', '/etc/hosts', /is a link that leads out/],
  ['to nothing', 'nowhere', /is a link to something that is not there/],
])('a pull request that puts a link %s in place of its policy', async (_, target, says) => {
  const folder = await folderWith({ config: 'SECRET: { x: 1 }' });
  await symlink(target, join(folder, 'passmuster.yaml'));
  const { judges } = await inJob('main-2', folder);
  expect(textsOf(judges.policy)).toEqual(['accuracy >= 0.9', 'loss <= 1']);
  expect(judges.remarks.map(({ message }) => message).join('\n')).toMatch(says);
  expect(JSON.stringify(judges)).not.toContain('SECRET');
});

test('a pull request that deletes its policy, or puts a folder in its place', async () => {
  for (const files of [{ other: '' }, { 'passmuster.yaml/x': '' }]) {
    const { judges } = await inJob('main-2', await folderWith(files));
    expect(textsOf(judges.policy)).toEqual(['accuracy >= 0.9', 'loss <= 1']);
    expect(judges.proposed).toEqual({ is: 'absent' });
    expect(judges.remarks[0]?.message).toMatch(/removes `passmuster.yaml`/);
  }
});
