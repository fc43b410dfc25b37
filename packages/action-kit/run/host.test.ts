import { userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { thisHost } from './host.ts';

const GITHUB = {
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTOR: 'mona',
  GITHUB_TRIGGERING_ACTOR: 'hubot[bot]',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'octo-org/model',
  GITHUB_RUN_ID: '17456789012',
  GITHUB_RUN_ATTEMPT: '2',
};

test('in a workflow: who asked for this run of it, and which run it is', () => {
  const host = thisHost(GITHUB);
  expect(host.actor).toBe('hubot[bot]');
  expect(host.run).toEqual({
    server: 'https://github.com',
    repository: 'octo-org/model',
    id: '17456789012',
    attempt: '2',
  });
  expect(thisHost({ ...GITHUB, GITHUB_TRIGGERING_ACTOR: '' }).actor).toBe('mona');
});

test('a run that somebody else repeated: who started it first, too', () => {
  expect(thisHost(GITHUB).startedBy).toBe('mona');
  expect(thisHost({ ...GITHUB, GITHUB_ACTOR: 'hubot[bot]' })).not.toHaveProperty('startedBy');
  expect(thisHost({ ...GITHUB, GITHUB_ACTIONS: undefined })).not.toHaveProperty('startedBy');
});

test.each([
  ['a'.repeat(40), true],
  ['0123456789abcdef'.repeat(4), true],
  ['a'.repeat(41), false],
  ['A'.repeat(40), false],
  ['main', false],
  ['', false],
])('the commit %s is taken: %s', (sha, taken) => {
  expect(thisHost({ ...GITHUB, GITHUB_SHA: sha }).commit).toBe(taken ? sha : undefined);
  const elsewhere = { ...GITHUB, GITHUB_SHA: sha, GITHUB_ACTIONS: 'false' };
  expect(thisHost(elsewhere)).not.toHaveProperty('commit');
});

test.each<[string, Record<string, string>, boolean, boolean]>([
  ['at a terminal', {}, true, true],
  ['behind a pipe', {}, false, false],
  ['in a job with a terminal', GITHUB, true, false],
  ['in a job of another service', { CI: 'true' }, true, false],
])('%s it is attended: %s', (_, variables, isTerminal, attended) => {
  expect(thisHost(variables, () => isTerminal).attended).toBe(attended);
});

test.each([{ GITHUB_ACTIONS: undefined }, { GITHUB_ACTIONS: 'false' }])(
  'elsewhere, whatever else the environment says: %j',
  (change) => {
    const host = thisHost({ ...GITHUB, ...change });
    expect(host.actor).toBe(userInfo().username);
    expect(host).not.toHaveProperty('run');
  },
);

test.each([
  { GITHUB_RUN_ID: undefined },
  { GITHUB_RUN_ID: '1/../2' },
  { GITHUB_RUN_ATTEMPT: '' },
  { GITHUB_REPOSITORY: 'model' },
  { GITHUB_SERVER_URL: 'github.com' },
])('a run that is not well described is none: %j', (change) => {
  expect(thisHost({ ...GITHUB, ...change })).not.toHaveProperty('run');
});

test('chance is as long as asked for, and another each time', () => {
  const { random } = thisHost({});
  expect(random(16)).toMatch(/^[0-9a-f]{32}$/);
  expect(random(16)).not.toBe(random(16));
});
