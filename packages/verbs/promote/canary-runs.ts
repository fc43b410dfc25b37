import { canaryIn } from '@passmuster/core/promotions/canary.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { SeenThere } from '../moving/look.ts';
import { partyText } from '../moving/party.ts';
import type { Place } from '../moving/place.ts';
import { dropCommand } from '../traffic/commands.ts';
import { type Obstacle, obstacle } from './obstacles.ts';

/** What a canary measures is measured against what serves beside it: that is not changed under it. */
export function canaryRuns(
  { model, environment: { name } }: Pick<Place, 'model' | 'environment'>,
  { history }: SeenThere,
  number: string,
): Obstacle[] {
  const running = canaryIn(history.sealed);
  if (running === undefined || running.party.number === number) return [];
  const { party, traffic, ticket } = running;
  const by = quotable(running.move.who.actor);
  return [
    obstacle(
      `A canary of ${partyText(party)} runs in ${quotable(name)} at ${traffic.share} %, since ticket ${ticket.number}, by ${by}.`,
      `Promote that one, or end it with \`${dropCommand({ model, environment: name })}\`.`,
    ),
  ];
}
