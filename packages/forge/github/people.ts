import { InputError } from '@passmuster/core/errors.ts';
import type { Membership } from '@passmuster/core/forge.ts';
import { isLogin } from '@passmuster/core/login.ts';
import { found } from '@passmuster/core/quote.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import type { Connection } from './connection.ts';
import { placeOf } from './place.ts';
import { odd, unknownMembers, unreadableAccess } from './problems.ts';

/** Whoever is to maintain or to administer a repository may write to it, too; GitHub says so in these words. */
const WRITING: readonly unknown[] = ['write', 'maintain', 'admin'];

export async function mayWrite(
  connection: Connection,
  repository: string,
  user: string,
  signal: AbortSignal,
): Promise<boolean> {
  const place = placeOf(repository);
  if (!isLogin(user)) return false;
  const answer = await connection.get(
    'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
    { ...place, username: user },
    signal,
  );
  const { status, body } = answer;
  const what = `what ${user} may do in ${repository}`;
  if (status === 404) return false;
  if (status === 403) throw unreadableAccess(connection.apiUrl, what, answer);
  const permission = status === 200 && isMap(body) ? body['permission'] : undefined;
  if (typeof permission !== 'string') throw odd(connection.apiUrl, what, answer);
  return WRITING.includes(permission);
}

const TEAM = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}$/;

/** To a token that may not see a team, nobody is its member; so whoever is not found is no proof alone. */
export async function membership(
  connection: Connection,
  team: string,
  user: string,
  signal: AbortSignal,
): Promise<Membership> {
  if (!TEAM.test(team))
    throw new InputError(`${found(team)} is no team; expected \`organisation/team\`.`);
  if (!isLogin(user)) return 'no-member';
  const [org = '', team_slug = ''] = team.split('/');
  const ofTeam = 'GET /orgs/{org}/teams/{team_slug}';
  const route = `${ofTeam}/memberships/{username}` as const;
  const answer = await connection.get(route, { org, team_slug, username: user }, signal);
  const { status, body } = answer;
  if (status === 403) return { unknown: unknownMembers(connection.apiUrl, team, answer) };
  if (status === 404) {
    const seen = await connection.get(ofTeam, { org, team_slug }, signal);
    if (seen.status === 200) return 'no-member';
    return { unknown: unknownMembers(connection.apiUrl, team, seen) };
  }
  const state = status === 200 && isMap(body) ? body['state'] : undefined;
  if (typeof state !== 'string') throw odd(connection.apiUrl, `the members of ${team}`, answer);
  return state === 'active' ? 'member' : 'no-member';
}
