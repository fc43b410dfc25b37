import type { ConfigMap } from '@passmuster/core/cluster/configmap.ts';
import { hasCanary, type Keys } from '@passmuster/core/cluster/serving.ts';
import { namedText } from '@passmuster/core/cluster/steps.ts';
import { moment } from '@passmuster/core/moment.ts';
import type { Inline } from '@passmuster/core/page.ts';
import { canaryIn, lastTraffic } from '@passmuster/core/promotions/canary.ts';
import { hasMoved } from '@passmuster/core/promotions/live.ts';
import type { Move, Party, Traffic } from '@passmuster/core/promotions/record.ts';
import type { Entry } from '@passmuster/core/promotions/summary.ts';
import { deployCommand, dropCommand } from '../../traffic/commands.ts';
import { shown } from '../words.ts';
import type { SeenCluster } from './look.ts';

/** What there is to hold a look at the cluster against. */
export interface About {
  readonly model: string;
  readonly environment: string;
  readonly seen: SeenCluster;
  /** The oldest first. */
  readonly entries: readonly Entry[];
  /** What the ledger says is there, or else the registry. */
  readonly party: Party | undefined;
  /** Whether it can be told what is there; else nothing is held against it. */
  readonly isKnown: boolean;
  /** Whether the ledger says so, and not the registry alone. */
  readonly isRecorded: boolean;
  /** Moves to the environment that have no end yet. */
  readonly open: readonly Move[];
}

/** The same with the ConfigMap that was found. */
export interface AboutMap extends About {
  readonly configMap: ConfigMap;
  readonly keys: Keys;
}

/** A move on record, with what it had served. */
export interface Recorded {
  readonly entry: Entry;
  readonly traffic: Traffic;
}

/** A canary. */
export interface Running extends Recorded {
  readonly party: Party;
}

export const placeOf = ({ seen }: Pick<About, 'seen'>): string => namedText(seen.configmap.place);

const ticketsOf = ({ entries }: Pick<About, 'entries'>) => entries.map(({ ticket }) => ticket);

const withEntry = (
  { entries }: Pick<About, 'entries'>,
  found: { readonly ticket: Entry['ticket'] } | undefined,
): Recorded | undefined => {
  const entry = entries.find(({ ticket }) => ticket === found?.ticket);
  const traffic = entry?.move.traffic;
  return entry && traffic ? { entry, traffic } : undefined;
};

/** The last move of what serves, if it was this ConfigMap that said so. */
export function lastDeployed(about: Pick<About, 'entries' | 'seen'>): Recorded | undefined {
  const last = withEntry(about, lastTraffic(ticketsOf(about)));
  return last?.traffic.configmap === placeOf(about) ? last : undefined;
}

/** The canary that runs by the record, whatever stands in a cluster. */
export function canaryOf(about: Pick<About, 'entries'>): Running | undefined {
  const running = canaryIn(ticketsOf(about));
  const recorded = withEntry(about, running);
  return running && recorded && { ...recorded, party: running.party };
}

/** The last of all moves, where it came to nothing and was to have something served. */
export function unfinished({ entries }: Pick<About, 'entries'>): Recorded | undefined {
  const entry = entries.at(-1);
  const traffic = entry?.move.traffic;
  const { outcome } = entry?.ticket ?? {};
  return entry && traffic && !hasMoved(outcome) && outcome !== 'canary'
    ? { entry, traffic }
    : undefined;
}

/** `ticket 4, bob at 2026-11-28 17:04 UTC` */
export const ticketText = ({ ticket, move, at }: Entry): Inline[] => [
  `ticket ${ticket.number}, `,
  shown(move.who.actor),
  ` at ${moment(at)} UTC`,
];

/** What has a version served; while a canary runs, that is refused. */
export function deployCommands(about: About, party: Party): readonly string[] {
  const { configMap, configmap } = about.seen;
  const data = 'value' in configMap ? configMap.value?.data : undefined;
  const runs = canaryOf(about) !== undefined || (data && hasCanary(data, configmap.keys));
  return [...(runs ? [dropCommand(about)] : []), deployCommand(about, party)];
}

/** A list of names in a sentence. */
export const listed = (items: readonly Inline[]): Inline[] =>
  items.flatMap((one, at) => {
    if (at === 0) return [one];
    return [at === items.length - 1 ? ' and ' : ', ', one];
  });
