import type { Forge } from '../forge.ts';
import { loginKey } from '../login.ts';
import type { ApprovalRules } from '../policy/policy.ts';
import { quotable } from '../quote.ts';
import type { Permit } from './approvals.ts';
import { named } from './words.ts';

/** Whether the rules let somebody approve. */
export async function permitOf(
  user: string,
  { from }: ApprovalRules,
  repository: string,
  forge: Forge,
  signal: AbortSignal,
): Promise<Permit> {
  if (from === undefined) {
    if (await forge.mayWrite(repository, user, signal)) return 'yes';
    return { no: `${named(user)} may not write to ${quotable(repository, 200)}.` };
  }
  if (from.users.some((login) => loginKey(login) === loginKey(user))) return 'yes';
  const unknown: string[] = [];
  for (const team of from.teams) {
    const membership = await forge.membership(team, user, signal);
    if (membership === 'member') return 'yes';
    if (membership !== 'no-member') unknown.push(membership.unknown);
  }
  if (unknown.length > 0) return { unknown: unknown.join(' ') };
  return { no: `${named(user)} is none of those who may approve.` };
}
