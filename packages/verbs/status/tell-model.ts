import type { Problem } from '@passmuster/core/errors.ts';
import type { History, Ticket } from '@passmuster/core/ledger/ledger.ts';
import { seemsGone } from '@passmuster/core/ledger/silent.ts';
import { plainText } from '@passmuster/core/page.ts';
import type { Policy } from '@passmuster/core/policy/policy.ts';
import { isOfRegistry } from '@passmuster/core/promotions/marks.ts';
import { notLost, unsettled } from '@passmuster/core/promotions/problems.ts';
import { type Move, moveOf } from '@passmuster/core/promotions/record.ts';
import { standOf } from '@passmuster/core/promotions/step.ts';
import { readable } from '@passmuster/core/promotions/summary.ts';
import { valuesAt } from '@passmuster/core/promotions/values-at.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import { namesIn, type SealedName } from '@passmuster/core/versions/sealed.ts';
import { missingIn } from '../moving/lost.ts';
import { partyOf } from '../moving/party.ts';
import { type Witness, witnessesOf } from '../moving/witness.ts';
import { witnessIn } from '../traffic/annotations.ts';
import { canaryOf } from './cluster/about.ts';
import { tellCluster } from './cluster/tell.ts';
import type { ClusterDisagreement } from './cluster/told.ts';
import { stepsInCluster } from './cluster/under-way.ts';
import type { Seen } from './look.ts';
import { orElse } from './or-else.ts';
import { environmentOf, namesOf } from './places.ts';
import { tellEnvironment } from './tell-environment.ts';
import type { LedgerProblem, ToldEnvironment, ToldModel, Waiting } from './told.ts';

/** Of which model, and which environments of it are asked for. */
export interface Subject {
  readonly model: string;
  /** The name of its ledger. */
  readonly ledger: string;
  readonly hasLedger: boolean;
  readonly policy: Policy | undefined;
  /** The only one that is wanted. */
  readonly environment: string | undefined;
}

type Whole = NonNullable<Seen['whole']>;

/** What is wrong with some chains of a ledger, each once: all of them suffer from a gap in it. */
function problemsOf(
  whole: Whole,
  histories: readonly History[],
  more: readonly Problem[],
): LedgerProblem[] {
  const all = histories.flatMap(({ problems }) => problems);
  const known = new Map([...all, ...more].map((one) => [one.message, one]));
  const problems = [...known.values()];
  // Where what somebody has accepted cannot be read, nothing counts as accepted.
  const left = orElse(problems, () => unsettled(whole, { sealed: [], problems }));
  return problems.map((problem) => ({ ...problem, isAccepted: !left.includes(problem) }));
}

/** Whoever settled a name has their own problems told; here it only lends a version its name. */
const namesOfVersions = (whole: Whole | undefined): ReadonlyMap<string, SealedName> =>
  whole ? orElse(new Map<string, SealedName>(), () => namesIn(whole)) : new Map();

/** Numbers by the stage that they are live in. */
function stagesOf(versions: readonly ModelVersion[]): Map<string, string[]> {
  const live = ['Staging', 'Production'].map((stage): [string, string[]] => [
    stage,
    versions.filter((one) => one.stage === stage).map(({ number }) => number),
  ]);
  return new Map(live.filter(([, numbers]) => numbers.length > 0));
}

const isAbandoned = (ticket: Ticket, now: number): boolean =>
  ticket.record !== undefined && ticket.claimedBy === undefined && seemsGone(ticket, now);

/** Moves without an end, in order; one whose record cannot be read explains nothing. */
const waitingIn = ({ whole, marks, clusters }: Seen, now: number): Waiting[] =>
  (whole?.open ?? []).flatMap((ticket): Waiting[] => {
    if (ticket.queue !== 'moves') return [];
    const move = orElse(undefined, () => moveOf(ticket));
    const plain = { ticket, isAbandoned: isAbandoned(ticket, now) };
    if (move === undefined) return [plain];
    const steps = move.steps.filter(isOfRegistry);
    const values = valuesAt(steps, marks);
    const stands = steps.map((step, at) => ({ step, stands: standOf(step, values[at] ?? '') }));
    const there = stepsInCluster(move, clusters?.get(ticket.environment));
    return [{ ...plain, open: { move, steps: [...stands, ...there] } }];
  });

/** What was lost of the ledger; where it cannot be read what somebody has settled, all of it. */
function lostOf({ whole, marks, clusters }: Seen, ledger: string): readonly Witness[] {
  if (whole === undefined) return [];
  const inCluster = [...(clusters ?? [])].flatMap(([environment, { configMap }]): Witness[] => {
    const there = 'value' in configMap ? configMap.value : undefined;
    const witness = there && witnessIn(there, ledger, environment);
    return witness ? [witness] : [];
  });
  const missing = missingIn(whole, [...witnessesOf(ledger, marks.versions), ...inCluster]);
  return orElse(missing, () => notLost(whole, missing));
}

const NO_HISTORY: History = { sealed: [], problems: [] };

/** The same with what serves there. */
function withCluster(
  told: ToldEnvironment,
  model: string,
  { clusters }: Seen,
  open: readonly { readonly ticket: Ticket; readonly move: Move }[],
): ToldEnvironment {
  const { environment, entries, party, state } = told;
  const { name } = environment;
  const canary = canaryOf(told);
  const seen = clusters?.get(name);
  const own = open.filter(({ ticket }) => ticket.environment === name).map(({ move }) => move);
  const isKnown = state !== 'unknown';
  const isRecorded = isKnown && state !== 'unrecorded';
  return {
    ...told,
    ...(canary && { canary }),
    ...(seen && {
      cluster: tellCluster({
        ...{ model, environment: name, seen, entries, party, isKnown, isRecorded, open: own },
      }),
    }),
  };
}

/** What there is to tell of a model, from one look at its ledger and at the registry, made `now`. */
export function tellModel(subject: Subject, seen: Seen, now: number): ToldModel {
  const { model, ledger, hasLedger, policy, environment: only } = subject;
  const { whole, marks, remembered } = seen;
  const names = namesOfVersions(whole);
  const waiting = waitingIn(seen, now);
  const open = waiting.flatMap(({ ticket, open: of }) => (of ? [{ ticket, move: of.move }] : []));
  const wanted = only === undefined ? namesOf(policy, whole) : [only];
  const lost = lostOf(seen, ledger);
  const elsewhere = lost.filter(({ environment }) => !wanted.includes(environment));
  const histories: History[] = whole ? [whole.history('names', elsewhere)] : [];
  const unreadable: Problem[] = [];

  function tell(name: string): ToldEnvironment {
    const own = lost.filter(({ environment }) => environment === name);
    const chain = whole?.history({ environment: name }, own) ?? NO_HISTORY;
    const history = readable(chain.sealed);
    histories.push(chain);
    unreadable.push(...history.problems);
    const environment = environmentOf(name, policy, history.entries);
    const named = (version: ModelVersion) => partyOf(version, names);
    const told = tellEnvironment({ environment, seen, history, open, partyOf: named });
    return withCluster(told, model, seen, open);
  }

  const environments = wanted.map(tell);
  return {
    model,
    isThere: remembered.model !== undefined,
    hasLedger,
    isListed: remembered.versions !== undefined,
    environments,
    waiting,
    knows: whole?.environments ?? [],
    naming: whole?.open.filter(({ queue }) => queue === 'names') ?? [],
    problems: whole ? problemsOf(whole, histories, unreadable) : [],
    aliases: marks.aliases,
    stages: stagesOf(marks.versions),
    isMoving: false,
  };
}

const inOne = (environment: string, { says }: ClusterDisagreement): string =>
  JSON.stringify([environment, plainText(says)]);

/**
 * A disagreement in a look that was overtaken may be half of a move, and a version may speak of a ticket that
 * was not there yet: they count only if the look before saw the same.
 */
export function whileMoving(now: ToldModel, earlier: ToldModel): ToldModel {
  const before = new Map(
    earlier.environments.map(({ environment, disagreement }) => [
      environment.name,
      disagreement?.says,
    ]),
  );
  const said = new Set(
    earlier.environments.flatMap(({ environment, cluster }) =>
      (cluster?.disagreements ?? []).map((one) => inOne(environment.name, one)),
    ),
  );
  const settled = ({ environment, cluster, ...rest }: ToldEnvironment): ToldEnvironment => ({
    ...rest,
    environment,
    ...(cluster && {
      cluster: {
        ...cluster,
        disagreements: cluster.disagreements.filter((one) =>
          said.has(inOne(environment.name, one)),
        ),
      },
    }),
  });
  const environments = now.environments.map(settled).map((one): ToldEnvironment => {
    const { disagreement, ...rest } = one;
    const isSame = before.get(one.environment.name) === disagreement?.says;
    return disagreement === undefined || isSame ? one : { ...rest, state: 'under-way' };
  });
  const known = new Set(earlier.problems.map(({ message }) => message));
  const problems = now.problems.filter(({ message }) => known.has(message));
  return { ...now, environments, problems, isMoving: true };
}
