import { type DoubleAnswer, json, NOT_ALLOWED, NOT_FOUND } from './github-answer.ts';
import type { At } from './github-bodies.ts';
import { membershipBody, teamBody } from './github-people-bodies.ts';
import type { GithubState } from './github-state.ts';

const TEAM = /^\/orgs\/([^/]+)\/teams\/([^/]+)(?:\/memberships\/([^/]+))?$/;

/** Nothing where no team is asked for. */
export function teamAnswer(path: string, state: GithubState, at: At): DoubleAnswer | undefined {
  const [asked, org = '', slug = '', login] = TEAM.exec(path) ?? [];
  if (asked === undefined) return undefined;
  if (!state.permissions.includes('members')) return NOT_ALLOWED;
  const team = state.teams?.[`${org}/${slug}`];
  if (!team || team.hidden) return NOT_FOUND;
  if (login === undefined) return json(200, teamBody(at, org, slug));
  const membership = team.members[login];
  return membership ? json(200, membershipBody(at, slug, login, membership)) : NOT_FOUND;
}
