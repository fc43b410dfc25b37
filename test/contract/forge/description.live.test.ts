import { githubForge } from '@passmuster/forge/github/index.ts';
import { describe, expect, test } from 'vitest';
import { tool } from '../../services/install.ts';
import { TOOLS } from '../../services/tools.ts';
import { type Description, readDescription } from './description.ts';
import { forgeContract } from './forge-contract.ts';

let reading: Promise<Description> | undefined;

/** What GitHub publishes, read once. */
const description = (): Promise<Description> => {
  reading ??= tool('github-description').then(readDescription);
  return reading;
};

describe('a double that is as GitHub describes itself', () => {
  forgeContract((options) => githubForge({ ...options, variables: {} }), description);
});

test('the description is the version that we pin', async () => {
  expect((await description()).version).toBe(TOOLS['github-description'].version);
});

const url = new URL('https://api.github.com/repos/octo-org/model/commits?per_page=1');
const asked = { method: 'GET', url, accept: 'application/vnd.github.v3+json' };
const answer = { status: 200, type: 'application/json', body: [] };

test.each([
  ['another path', { ...asked, url: new URL('/repos/octo-org/model/x', url) }, answer],
  ['another method', { ...asked, method: 'DELETE' }, answer],
  ['a parameter that there is not', { ...asked, url: new URL('?perpage=1', url) }, answer],
  ['a parameter of another type', { ...asked, url: new URL('?per_page=one', url) }, answer],
  ['a media type that there is not', { ...asked, accept: 'application/vnd.github.raw' }, answer],
  ['a body of another shape', asked, { ...answer, body: [{ sha: 'a' }] }],
  ['a status that there is not', asked, { ...answer, status: 201 }],
  ['a refusal of another shape', asked, { ...answer, status: 403, body: { message: 7 } }],
])('it would have found %s', async (_, request, answered) => {
  const { broken } = await description();
  expect(broken(asked, answer)).toEqual([]);
  expect(broken(request, answered)).not.toEqual([]);
});
