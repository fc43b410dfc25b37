import { commandText } from '@passmuster/core/command-text.ts';
import { type Canary, canaryIn } from '@passmuster/core/promotions/canary.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { SeenThere } from '../moving/look.ts';
import { partyText } from '../moving/party.ts';
import type { Place } from '../moving/place.ts';
import { type Obstacle, obstacle } from './obstacles.ts';

/** The canary of another version, for as long as nobody has dropped or promoted it. */
export const otherCanary = ({ history }: SeenThere, number: string): Canary | undefined => {
  const running = canaryIn(history.sealed);
  return running?.party.number === number ? undefined : running;
};

/** What a canary measures is measured against what serves beside it: that is not changed under it. */
export function canaryRuns(
  { model, environment: { name } }: Pick<Place, 'model' | 'environment'>,
  there: SeenThere,
  number: string,
): Obstacle[] {
  const running = otherCanary(there, number);
  if (running === undefined) return [];
  const { party, traffic, ticket } = running;
  const by = quotable(running.move.who.actor);
  const drop = `${commandText('deploy', { model, environment: name })} --canary drop`;
  return [
    obstacle(
      `A canary of ${partyText(party)} runs in ${quotable(name)} at ${traffic.share} %, since ticket ${ticket.number}, by ${by}.`,
      `Promote that one, or end it with \`${drop}\`.`,
    ),
  ];
}
