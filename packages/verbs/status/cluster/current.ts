import { moment } from '@passmuster/core/moment.ts';
import type { Inline } from '@passmuster/core/page.ts';
import type { Party } from '@passmuster/core/promotions/record.ts';
import { partyShown } from '../../moving/party.ts';
import { means } from '../../traffic/target.ts';
import { shown } from '../words.ts';
import {
  type AboutMap,
  deployCommands,
  lastDeployed,
  placeOf,
  ticketText,
  unfinished,
} from './about.ts';
import type { ToldCluster } from './told.ts';
import { writerOf } from './writer.ts';

type Found = Pick<ToldCluster, 'disagreements' | 'remarks'>;

const NOTHING: Found = { disagreements: [], remarks: [] };

/** ` with kubectl-edit at 2026-11-28 17:04 UTC` */
function handText({ configMap, keys }: AboutMap): Inline[] {
  const writer = writerOf(configMap, [keys.current]);
  if (writer === undefined) return [];
  const when = writer.at === undefined ? '' : ` at ${moment(writer.at)} UTC`;
  return [' with ', shown(writer.name), when];
}

interface Because {
  readonly why: readonly Inline[];
  readonly hint: string;
}

/** Why another version than the ledger says may stand there. */
function because(about: AboutMap, at: string): Because {
  const last = lastDeployed(about);
  const half = unfinished(about);
  if (half?.traffic.current === at && last?.traffic.current !== at) {
    const { ticket, move } = half.entry;
    return {
      why: [
        `; ${move.verb} (ticket ${ticket.number}, ${ticket.outcome ?? 'without an end'}) was to write that`,
      ],
      hint: 'Deploy what the ledger says.',
    };
  }
  if (last === undefined) {
    return {
      why: ['; no move on record has ever written it'],
      hint: 'Deploy what the ledger says, once.',
    };
  }
  if (last.traffic.current === at) {
    return {
      why: ['; it was deployed so (', ...ticketText(last.entry), '), and not again since'],
      hint: 'Deploy what the ledger says.',
    };
  }
  const left = last.traffic.current;
  return {
    why: [
      '; the last move of it on record (',
      ...ticketText(last.entry),
      ') has left it at ',
      left === undefined ? 'nothing' : shown(left),
      ', so somebody has set it by hand',
      ...handText(about),
    ],
    hint: 'Deploy what the ledger says. If the hand was right, promote that version, and deploy it then.',
  };
}

/** It says what the ledger does; but perhaps nobody has had it say so. */
function unwritten(about: AboutMap, party: Party, at: string): Found {
  const last = lastDeployed(about);
  if (last === undefined || last.traffic.current === at || means(last.traffic.current, party)) {
    return NOTHING;
  }
  const says: Inline[] = [
    'The ConfigMap ',
    shown(placeOf(about)),
    ' says ',
    shown(at),
    ', as the ledger does, but no move on record has written that',
    ...handText(about),
    '.',
  ];
  return { ...NOTHING, remarks: [says] };
}

/** Whether the version that serves is the one that the environment has. */
export function currentAgainst(about: AboutMap): Found {
  const { configMap, keys, party, isRecorded, environment } = about;
  const at = configMap.data.get(keys.current) ?? '';
  if (party !== undefined && means(at, party)) return unwritten(about, party, at);
  const serves: Inline[] = at === '' ? ['no ', shown(keys.current)] : [shown(at)];
  if (party === undefined || !isRecorded) {
    const has: Inline[] =
      party === undefined ? ['has nobody'] : ['has ', ...partyShown(party), ' by the registry'];
    const remark = [
      'The ConfigMap ',
      shown(placeOf(about)),
      ' says ',
      ...serves,
      ', and ',
      shown(environment),
      ' ',
      ...has,
    ];
    return { ...NOTHING, remarks: at === '' ? [] : [[...remark, ', with nothing on record.']] };
  }
  const { why, hint } = because(about, at);
  return {
    remarks: [],
    disagreements: [
      {
        says: [
          'The ConfigMap ',
          shown(placeOf(about)),
          at === '' ? ' has ' : ' serves ',
          ...serves,
          ', but the ledger says ',
          ...partyShown(party),
          ...why,
          '.',
        ],
        hint,
        commands: deployCommands(about, party),
      },
    ],
  };
}
