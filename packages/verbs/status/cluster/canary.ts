import { hasCanary, shareIn } from '@passmuster/core/cluster/serving.ts';
import type { Inline } from '@passmuster/core/page.ts';
import { partyShown } from '../../moving/party.ts';
import { canaryCommand, dropCommand } from '../../traffic/commands.ts';
import { means } from '../../traffic/target.ts';
import { shown } from '../words.ts';
import { type AboutMap, canaryOf, placeOf, ticketText } from './about.ts';
import type { ClusterDisagreement } from './told.ts';

/** What the ConfigMap says of a canary, after `says that`. */
function foundText(canary: string | undefined, share: number): Inline[] {
  if (share === 0) return ['no canary takes part'];
  return [canary ? shown(canary) : 'nobody', ` gets ${share} % of the traffic`];
}

/** A share that nobody can read. */
export function unreadShare(about: AboutMap): ClusterDisagreement[] {
  const { configMap, keys } = about;
  if (!Number.isNaN(shareIn(configMap.data, keys))) return [];
  return [
    {
      says: [
        'The ConfigMap ',
        shown(placeOf(about)),
        ' has ',
        shown(`${keys.share}: ${configMap.data.get(keys.share)}`),
        ', which is no percentage, so whether a canary takes part cannot be told.',
      ],
      hint: 'Set it to a number from 0 to 100.',
    },
  ];
}

/** Whether the canary that takes part is the one of the record. */
export function canaryAgainst(about: AboutMap): ClusterDisagreement[] {
  const { configMap, keys } = about;
  const share = shareIn(configMap.data, keys);
  if (Number.isNaN(share)) return [];
  const canary = configMap.data.get(keys.canary);
  const of = canaryOf(about);
  const record = of?.traffic.configmap === placeOf(about) ? of : undefined;
  if (record === undefined) {
    if (!hasCanary(configMap.data, keys)) return [];
    return [
      {
        says: [
          'The ConfigMap ',
          shown(placeOf(about)),
          ' says that ',
          ...foundText(canary, share),
          ', and no move on record has begun such a canary.',
        ],
        hint: 'End it, or deploy the canary that you want: then it is on record.',
        commands: [dropCommand(about)],
      },
    ];
  }
  const { traffic, entry, party } = record;
  const isSame = canary === traffic.canary || means(canary, party);
  if (share === traffic.share && isSame) return [];
  return [
    {
      says: [
        'The canary is ',
        ...partyShown(party),
        ` at ${traffic.share} % by the ledger (`,
        ...ticketText(entry),
        '), but the ConfigMap ',
        shown(placeOf(about)),
        ' says that ',
        ...foundText(canary, share),
        '.',
      ],
      hint:
        share === 0
          ? 'Somebody has ended it by hand: end it on record too, or give it its share again with `--canary`.'
          : 'Deploy the canary again, or end it with `--canary drop`.',
      commands: [share === 0 ? dropCommand(about) : canaryCommand(about, party, traffic.share)],
    },
  ];
}
