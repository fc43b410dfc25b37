import type { Standing } from '@passmuster/core/environments/standing.ts';
import { standsAt } from '@passmuster/core/environments/stands.ts';
import { PassmusterError } from '@passmuster/core/errors.ts';
import type { History, Ticket, Whole } from '@passmuster/core/ledger/ledger.ts';
import {
  hasGoneOn,
  type Recorded,
  recordedIn,
  tellingOf,
} from '@passmuster/core/promotions/live.ts';
import type { Marks } from '@passmuster/core/promotions/marks.ts';
import { unsettled } from '@passmuster/core/promotions/problems.ts';
import { moveOf } from '@passmuster/core/promotions/record.ts';
import { isUnsupported } from '@passmuster/core/registry/error.ts';
import { together } from '@passmuster/core/together.ts';
import { type Remembered, remember } from '@passmuster/core/versions/remembered.ts';
import { namesIn, type SealedName } from '@passmuster/core/versions/sealed.ts';
import { lostIn } from './lost.ts';
import type { Environment, Place } from './place.ts';
import { type Witness, witnessesOf } from './witness.ts';

/** What ledger and registry say of a model at one moment. */
export interface Seen {
  readonly whole: Whole;
  /** When the ledger was made; nothing while there is none. */
  readonly created: number | undefined;
  readonly remembered: Remembered;
  readonly marks: Marks;
  readonly names: ReadonlyMap<string, SealedName>;
  /** What versions remember of tickets that are lost, and that nobody has settled yet. */
  readonly lost: readonly Witness[];
  readonly hasAliases: boolean;
  readonly hasStages: boolean;
}

/** What of that is about one environment. */
export interface SeenThere {
  /** With what says which version it has. */
  readonly environment: Environment;
  readonly history: History;
  readonly recorded: Recorded | undefined;
  readonly standing: Standing;
}

/** The same before the server was asked whether it has aliases, where nothing shows that it has. */
export type Glance = Omit<Seen, 'hasAliases'> & { readonly hasAliases: boolean | undefined };

type Asking = Pick<Place, 'model' | 'registry' | 'ledger'>;

/** Where there can be no ledger, that is what is said, not which question showed it. */
async function wholeOf(ledger: Place['ledger'], signal: AbortSignal): Promise<Whole> {
  try {
    return await ledger.whole(signal);
  } catch (error) {
    if (isUnsupported(error)) await ledger.possible(signal);
    throw error;
  }
}

/**
 * Four questions that go together; what a server can do is asked only where nothing shows it, and of aliases not
 * yet. Nothing is named by a ledger with a gap in it, unless `names` says otherwise.
 */
export async function glanceAt(
  { model, registry, ledger }: Asking,
  signal: AbortSignal,
  names: (whole: Whole) => Seen['names'] = namesIn,
): Promise<Glance> {
  const [whole, created, remembered] = await together(signal, [
    (either) => wholeOf(ledger, either),
    (either) => ledger.created(either),
    (either) => remember(registry, model, { signal: either }),
  ]);
  if (created === undefined) await ledger.possible(signal);
  const aliases = remembered.model?.aliases ?? new Map<string, string>();
  const versions = remembered.versions ?? [];
  const hasAliases = aliases.size > 0 || undefined;
  const hasStages =
    versions.some(({ stage }) => stage !== '') || (await registry.has('stages', model, { signal }));
  const marks = { aliases, versions };
  const lost = await lostIn(ledger, whole, witnessesOf(ledger.name, versions), signal);
  return { whole, created, remembered, marks, names: names(whole), lost, hasAliases, hasStages };
}

/** With the question that a glance leaves open. */
export async function withAliases(
  { model, registry }: Pick<Asking, 'model' | 'registry'>,
  { hasAliases, ...glance }: Glance,
  signal: AbortSignal,
): Promise<Seen> {
  return {
    ...glance,
    hasAliases: hasAliases ?? (await registry.has('aliases', model, { signal })),
  };
}

/** All that is to be seen. */
export async function lookAt(
  asking: Asking,
  signal: AbortSignal,
  names?: (whole: Whole) => Seen['names'],
): Promise<Seen> {
  return withAliases(asking, await glanceAt(asking, signal, names), signal);
}

/** Where no policy says which alias and stage an environment has, whoever moved something there last does. */
function asRecorded(environment: Environment, { sealed }: History): Environment {
  const last = tellingOf(sealed);
  const has = last && moveOf(last)?.has;
  if (has === undefined) return environment;
  const { stage: _, ...policy } = environment.policy;
  const { alias = policy.alias, stage } = has;
  return {
    ...environment,
    policy: { ...policy, alias, ...(stage && { stage }) },
    hasAlias: has.alias !== undefined,
  };
}

/**
/**
 * The same with what the ledger says of one environment; nothing is decided by a ledger with a gap in it. The
 * ledger is one: what was lost of it anywhere is missing here, too. As long as it says nothing of that one, it
 * makes no difference whether the server has aliases.
 */
export function thereIn(seen: Glance, asked: Environment): SeenThere {
  const { whole, marks, hasAliases, lost } = seen;
  const { name } = asked;
  const history = whole.history({ environment: name }, lost);
  const environment = asked.isAssumed ? asRecorded(asked, history) : asked;
  const { policy, hasAlias = true } = environment;
  const recorded = recordedIn(history.sealed);
  const standing = standsAt(
    { ...policy, name },
    marks,
    recorded,
    hasAliases !== false && hasAlias,
    () => recorded !== undefined && hasGoneOn(whole, recorded, policy.stage ?? ''),
  );
  return { environment, history, recorded, standing };
}

/** A ledger with a gap, an edit or a cut-off end moves nothing until somebody has settled it. */
export function refuseBroken({ whole }: Glance, { history }: SeenThere): void {
  const problems = unsettled(whole, history);
  if (problems.length > 0) throw new PassmusterError('conflict', problems);
}

/** Moves of the model that are under way, the first in front. */
export const underWay = ({ whole }: Glance): readonly Ticket[] =>
  whole.open.filter(({ queue }) => queue === 'moves');

const shownOf = ({ aliases, versions }: Marks): string =>
  JSON.stringify([
    [...aliases].sort(),
    versions.map(({ number, stage, status, source, tags }) => [
      ...[number, stage, status, source],
      [...tags].sort(),
    ]),
  ]);

/** Whether a registry says the same of a model as it did. */
export const sayTheSame = (one: Marks, other: Marks): boolean => shownOf(one) === shownOf(other);

/** Whether two looks, the second begun when the first had ended, saw one state of ledger and registry. */
export const agree = (one: Glance, other: Glance): boolean =>
  one.whole.mark === other.whole.mark &&
  one.created === other.created &&
  sayTheSame(one.marks, other.marks);
