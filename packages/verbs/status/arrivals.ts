import { moment } from '@passmuster/core/moment.ts';
import type { Block, Text } from '@passmuster/core/page.ts';
import { partyShown } from '../moving/party.ts';
import { isSingle, type Told } from './told.ts';
import { arrivalText, byText, groundsOf, runText, shown } from './words.ts';

/** How the version of each environment came to be there; of all models, only canaries and what was passed over. */
export function arrivals(told: Told): Block[] {
  const items = told.models.flatMap(({ model, environments }) =>
    environments.flatMap((one): Text[] => {
      const { party, arrival, canary, environment, overrides, state } = one;
      const of = [...(isSingle(told) ? [] : [shown(model), ' ']), shown(environment.name)];
      const lines: Text[] = [];
      if (isSingle(told) && arrival) {
        const who = party ? partyShown(party) : ['nobody'];
        const by = state === 'disagrees' ? ', by its ledger: ' : ': ';
        lines.push([...of, by, ...who, ` since ${moment(arrival.at)} UTC, `, ...arrivalText(one)]);
      }
      if (canary) {
        const { entry, traffic } = canary;
        const since = ` takes part at ${traffic.share} % since ${moment(entry.at)} UTC, by `;
        const { who } = entry.move;
        const by = [...byText(who), ` (ticket ${entry.ticket.number})`, ...runText(who.run)];
        lines.push([...of, ': canary ', ...partyShown(canary.party), since, ...by]);
      }
      for (const entry of overrides) {
        if (isSingle(told) && entry === arrival?.entry) continue;
        const at = `, at ${moment(entry.at)} UTC by `;
        lines.push([...of, ': ', ...groundsOf(entry), at, shown(entry.move.who.actor)]);
      }
      return lines;
    }),
  );
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}
