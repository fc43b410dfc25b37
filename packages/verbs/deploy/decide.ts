import { hasCanary } from '@passmuster/core/cluster/serving.ts';
import type { Problem } from '@passmuster/core/errors.ts';
import { canaryIn, lastTraffic } from '@passmuster/core/promotions/canary.ts';
import type { From, Traffic } from '@passmuster/core/promotions/record.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import { digestProblem } from '../moving/digest-stands.ts';
import { refuseBroken, type Seen, type SeenThere, thereIn } from '../moving/look.ts';
import { notReady } from '../moving/not-ready.ts';
import { partyOf, partyText } from '../moving/party.ts';
import type { Place } from '../moving/place.ts';
import { fromOf, identityOf } from '../moving/record-of.ts';
import { withWitness } from '../moving/with-witness.ts';
import { canaryRuns } from '../promote/canary-runs.ts';
import { frozen } from '../promote/freeze.ts';
import { peopleOf } from '../promote/job.ts';
import { canaryCommand, dropCommand, promoteCommand } from '../traffic/commands.ts';
import type { SeenTraffic } from '../traffic/look.ts';
import { means, type Target } from '../traffic/target.ts';
import { momentOfJudging } from '../validate/moment.ts';

export interface Asked {
  readonly place: Place;
  readonly target: Target;
  readonly what: 'serve' | 'drop';
  /** The version that was named, where one was. */
  readonly version: ModelVersion | undefined;
}

interface Course {
  readonly place: Place;
  readonly seen: Seen;
  readonly inCluster: SeenTraffic;
  readonly from: From;
  readonly steps: readonly Step[];
  readonly traffic: Traffic;
  readonly remarks: readonly string[];
}

export type Decision =
  | ({ readonly do: 'move' } & Course)
  | ({ readonly do: 'nothing' } & Course)
  | {
      readonly do: 'refuse';
      readonly problems: readonly Problem[];
      readonly isConflict: boolean;
      readonly from?: From;
    };

const refuse = (problems: readonly Problem[], from?: From, isConflict = false): Decision => ({
  do: 'refuse',
  problems,
  isConflict,
  ...(from && { from }),
});

const whereOf = ({ model, environment: { name } }: Place) => ({ model, environment: name });

/** What was promoted is what serves; anything else has to be promoted first. */
function notPromoted({ place, version }: Asked, seen: Seen, from: From): Problem[] {
  if (version === undefined || version.number === from.number) return [];
  const where = whereOf(place);
  const to = partyOf(version, seen.names);
  return [
    {
      message: `${partyText(to)} is not what ${quotable(where.environment)} has: that is ${partyText(from)}.`,
      hint: `Promote it first: \`${promoteCommand(where, to)}\`. Or give it a share of the traffic: \`${canaryCommand(where, to, 10)}\`.`,
    },
  ];
}

/** What only a hand has put there has passed nothing. */
function unrecorded({ place }: Asked, from: From): Problem[] {
  if (!from.found) return [];
  const where = whereOf(place);
  return [
    {
      message: `${partyText(from)} stands in ${quotable(where.environment)}, but no record says that it was promoted there.`,
      hint: `Have it judged and put on record first: \`${promoteCommand(where, from)}\`.`,
    },
  ];
}

/** A canary that no record of ours names was set by somebody's hand. */
function strangeCanary({ place, target }: Asked, inCluster: SeenTraffic, from: From): Problem[] {
  const { keys } = target.configmap;
  const data = inCluster.configMap?.data ?? new Map<string, string>();
  if (!hasCanary(data, keys) || means(data.get(keys.canary), from)) return [];
  return [
    {
      message: `A canary of ${quotable(data.get(keys.canary) ?? 'no version')} takes part in the cluster at ${quotable(data.get(keys.share) ?? '')} %, and no record says so: somebody has set it by hand.`,
      hint: `End it with \`${dropCommand(whereOf(place))}\`, then run this again.`,
    },
  ];
}

const digestOf = async (
  { registry, ports }: Place,
  seen: Seen,
  number: string,
): Promise<Problem[]> => {
  const version = seen.marks.versions.find((one) => one.number === number);
  if (version === undefined) return [];
  const problem = await digestProblem(registry, version, seen.names, ports.signal);
  return [notReady(version), problem].filter((one) => one !== undefined);
};

/** What stands against having the environment's version served. */
async function against(
  asked: Asked,
  { seen, there }: { readonly seen: Seen; readonly there: SeenThere },
  inCluster: SeenTraffic,
  from: From,
) {
  const { place } = asked;
  const { environment, ports, registry } = place;
  const running = canaryRuns(place, there, from.number).map(({ problem }) => problem);
  const now = momentOfJudging(ports, registry);
  return [
    ...notPromoted(asked, seen, from),
    ...unrecorded(asked, from),
    ...running,
    ...(running.length === 0 ? strangeCanary(asked, inCluster, from) : []),
    ...(await digestOf(place, seen, from.number)),
    ...frozen(environment.name, environment.policy.freeze, now, peopleOf(ports)).map(
      ({ problem }) => problem,
    ),
  ];
}

/** By hand, since the last record of it. */
function handRemark({ target, place }: Asked, inCluster: SeenTraffic, last: Traffic | undefined) {
  const { keys } = target.configmap;
  const is = inCluster.configMap?.data.get(keys.current);
  if (last?.current === undefined || is === last.current) return [];
  const was = is === undefined ? 'taken away' : `set to ${quotable(is)}`;
  return [
    `\`${quotable(keys.current)}\` had been ${was} by hand: by the record, ${quotable(last.current)} served in ${quotable(place.environment.name)}.`,
  ];
}

/** With the version that was asked for, where one was. */
function promoteFirst({ place, version }: Asked, { names }: Seen): string {
  if (version === undefined) return 'Promote one first.';
  return `Promote it first: \`${promoteCommand(whereOf(place), partyOf(version, names))}\`.`;
}

/** What is to be done in a world that was just looked at. */
export async function decide(asked: Asked, look: Seen, inCluster: SeenTraffic): Promise<Decision> {
  const { place, target, what } = asked;
  const { ports, model, ledger } = place;
  const seen = await withWitness(place, look, inCluster.configMap);
  const there = thereIn(seen, place.environment);
  refuseBroken(seen, there);
  const { standing, history } = there;
  const name = quotable(place.environment.name);
  if (standing.kind === 'unclear') {
    const message = `Which version is in ${name} cannot be told: ${standing.says}.`;
    return refuse([{ message, hint: standing.hint }], undefined, true);
  }
  const from = fromOf(there, seen);
  if (from === undefined) {
    const message = `${name} has no version: ${standing.kind === 'none' ? standing.says : 'none'}.`;
    return refuse([{ message, hint: promoteFirst(asked, seen) }]);
  }
  const { id } = identityOf(place, seen, { from, to: from });
  const course = await target.course({
    ...{ seen: inCluster, model, to: from, id, signal: ports.signal },
    isDropped: what === 'drop',
    witness: { ledger: ledger.name, last: history.sealed.at(-1) },
  });
  const problems = what === 'drop' ? [] : await against(asked, { seen, there }, inCluster, from);
  if (problems.length + course.problems.length > 0) {
    return refuse([...problems, ...course.problems], from);
  }
  // A canary that is on record ends on record, also where a hand has ended it in the cluster before.
  const running = canaryIn(history.sealed);
  const { steps, traffic, remarks } = course;
  return {
    do: steps.length > 0 || running !== undefined ? 'move' : 'nothing',
    ...{
      place: { ...place, environment: there.environment },
      seen,
      inCluster,
      from,
      steps,
      traffic,
    },
    remarks: [
      ...handRemark(asked, inCluster, lastTraffic(history.sealed)?.move.traffic),
      ...remarks,
    ],
  };
}
