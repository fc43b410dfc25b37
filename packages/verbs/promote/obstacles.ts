import { commandText } from '@passmuster/core/command-text.ts';
import type { Problem } from '@passmuster/core/errors.ts';
import { environmentDefaults } from '@passmuster/core/policy/defaults.ts';
import { hasHad, rolledBackFrom, spellsOf } from '@passmuster/core/promotions/live.ts';
import { unsettled } from '@passmuster/core/promotions/problems.ts';
import type { Party } from '@passmuster/core/promotions/record.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { compareSemantic, parseSemantic } from '@passmuster/core/versions/semantic.ts';
import { type Seen, type SeenThere, thereIn } from '../moving/look.ts';
import { partyText, selectorOf } from '../moving/party.ts';
import type { Place } from '../moving/place.ts';
import type { Inputs } from './ports.ts';

/** What stands against a promotion. */
export interface Obstacle {
  readonly problem: Problem;
  /** Whether it is somebody else's move that is in the way, not what we know of the version. */
  readonly isConflict?: true;
  /** What an override would pass; absent where nobody may. */
  readonly passes?: 'gates' | 'freeze' | 'approvals';
}

export const obstacle = (message: string, hint: string): Obstacle => ({
  problem: { message, hint },
});

/** The environment that comes before must have had the version, by a history that holds together. */
export function withoutEarlier(place: Place, seen: Seen, to: Party): Obstacle[] {
  const { model } = place;
  const { after } = place.environment.policy;
  if (after === undefined) return [];
  const policy = place.policy.policy?.environments.get(after) ?? environmentDefaults(after);
  const { history, standing } = thereIn(seen, { name: after, policy });
  const settle = commandText('settle', { model, environment: after, reason: '…' });
  const broken = unsettled(seen.whole, history);
  if (broken.length > 0) {
    return broken.map(({ message, hint = '' }) => ({
      ...obstacle(message, `${hint} What stands is taken as it is by \`${settle}\`.`.trimStart()),
      isConflict: true,
    }));
  }
  if (hasHad(history.sealed, to.number)) return [];
  const wasRolledBack = rolledBackFrom(history.sealed).has(to.number);
  const version = selectorOf(to);
  const isThere = standing.kind === 'version' && standing.version.number === to.number;
  const why = wasRolledBack
    ? `${quotable(after)} was rolled back from it`
    : isThere
      ? `it stands in ${quotable(after)}, but no record says that it passed there`
      : `no record says that ${quotable(after)} ever had it`;
  const promote = `${commandText('promote', { model, version, environment: after })}${wasRolledBack ? ' --again' : ''}`;
  return [
    obstacle(
      `${partyText(to)} must have been live in ${quotable(after)} before, and ${why}.`,
      isThere
        ? `Judge it there with \`${promote}\`, or take it as it is with \`${settle}\`.`
        : `Run \`${promote}\` first.`,
    ),
  ];
}

/** A way back is no promotion. */
export function lowerThan(
  place: Place,
  { history }: SeenThere,
  to: Party,
  from: Party | undefined,
): Obstacle[] {
  const [ours, theirs] = [to.version, from?.version].map((name) => parseSemantic(name ?? ''));
  if (ours === undefined || theirs === undefined || from === undefined) return [];
  if ('refused' in ours || 'refused' in theirs || compareSemantic(ours, theirs) >= 0) return [];
  const { model, environment } = place;
  const back = { model, environment: environment.name, to: selectorOf(to), reason: '…' };
  return [
    obstacle(
      `${partyText(to)} is lower than ${partyText(from)}, which is in ${quotable(environment.name)} now.`,
      spellsOf(history.sealed).some(({ party }) => party.number === to.number)
        ? `To go back, run \`${commandText('rollback', back)}\`.`
        : `It was never there, so there is no way back to it. If it is the better one, register it under a higher version.`,
    ),
  ];
}

/** Whoever was rolled back from comes back only by somebody's explicit word. */
export function rolledBack(
  { environment }: Place,
  { history }: SeenThere,
  to: Party,
  { again }: Inputs,
): Obstacle[] {
  if (again || !rolledBackFrom(history.sealed).has(to.number)) return [];
  const back = spellsOf(history.sealed).findLast(
    ({ how, move }) => how === 'rolled back' && move?.from?.number === to.number,
  );
  const by = back?.move
    ? ` by ${quotable(back.move.who.actor)} (ticket ${back.ticket?.number})`
    : '';
  const why = back?.move?.reason ? `: ${quotable(back.move.reason, 200)}` : '';
  return [
    obstacle(
      `${quotable(environment.name)} was rolled back from ${partyText(to)}${by}${why}.`,
      'If it is good now, run this with `again: true`; else register a new version.',
    ),
  ];
}
