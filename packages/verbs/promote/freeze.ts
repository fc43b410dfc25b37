import type { Freeze } from '@passmuster/core/policy/policy.ts';
import { hasEnded } from '@passmuster/core/policy/until.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Obstacle } from './obstacles.ts';

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Whether everybody who set this off is on a list; names are those of GitHub, which tells no case apart. */
export const allIn = (list: readonly string[], people: readonly string[]): boolean =>
  people.length > 0 && people.every((person) => list.some((listed) => same(listed, person)));

/** Whether for now nothing may move. */
export function frozen(
  environment: string,
  freeze: Freeze | undefined,
  now: number,
  people: readonly string[],
): Obstacle[] {
  if (freeze === undefined || hasEnded(freeze.until, now) || allIn(freeze.pass, people)) return [];
  const who = freeze.pass.map((one) => quotable(one)).join(', ');
  const message = `${quotable(environment)} is frozen until ${freeze.until}: ${quotable(freeze.reason, 200)}.`;
  const hint =
    who === ''
      ? 'Wait until then.'
      : `Wait until then, or ask one who may move all the same: ${who}.`;
  return [{ problem: { message, hint }, passes: 'freeze' }];
}
