import { type At, DATE, urls, user } from './github-bodies.ts';
import type { AnswerInState } from './github-state.ts';

/** In the older of two words GitHub knows no `maintain` and no `triage`. */
const OLDER: Readonly<Record<string, string>> = { maintain: 'write', triage: 'read' };

export const accessBody = (at: At, login: string, role: string): object => ({
  ...{ permission: OLDER[role] ?? role, role_name: role },
  user: { ...user(at, login), role_name: role },
});

export const membershipBody = (at: At, team: string, login: string, state: string): object => ({
  ...{ role: 'member', state, url: `${at.api}/teams/${team}/memberships/${login}` },
});

const ORGANISATION = 'events hooks html issues members public_members repos avatar';

export function teamBody(at: At, org: string, slug: string): object {
  const url = `${at.api}/orgs/${org}/teams/${slug}`;
  const address = `${at.api}/orgs/${org}`;
  return {
    ...urls(url, 'html members repositories'),
    ...{ id: 9, node_id: 'T_9', url, name: slug, slug, description: null, permission: 'pull' },
    ...{ type: 'organization', members_count: 1, repos_count: 1, parent: null },
    ...{ created_at: DATE, updated_at: DATE },
    organization: {
      ...urls(address, ORGANISATION),
      ...{ login: org, id: 10, node_id: 'O_10', url: address, description: null },
      ...{ has_organization_projects: true, has_repository_projects: true, type: 'Organization' },
      ...{ public_repos: 0, public_gists: 0, followers: 0, following: 0 },
      ...{ created_at: DATE, updated_at: DATE, archived_at: null },
    },
  };
}

export const answerBody = (at: At, name: string, answer: AnswerInState): object => ({
  ...{ state: answer.state, comment: '', user: user(at, answer.by, answer.type) },
  environments: answer.environments.map((environment, index) => ({
    ...{ id: index + 11, node_id: 'EN_11', name: environment, created_at: DATE, updated_at: DATE },
    url: `${at.api}/repos/${name}/environments/${encodeURIComponent(environment)}`,
    html_url: `${at.server}/${name}/deployments`,
  })),
});
