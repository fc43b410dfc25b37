import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import { instant } from '@passmuster/core/moment.ts';
import { plainText } from '@passmuster/core/page.ts';
import type { Party } from '@passmuster/core/promotions/record.ts';
import type { Entry } from '@passmuster/core/promotions/summary.ts';
import { clusterOf } from './cluster/report-of.ts';
import { remarksOf } from './remarks.ts';
import type { StatusReport } from './report.ts';
import {
  disagreementsIn,
  type Told,
  type ToldEnvironment,
  type ToldModel,
  type Waiting,
} from './told.ts';
import { runOf, settleCommand } from './words.ts';

type Model = StatusReport['models'][number];
type Environment = Model['environments'][number];
type Move = Environment['overrides'][number];

const versionOf = ({ number, version, digest }: Party) => ({
  number,
  ...(version !== undefined && { name: version }),
  ...(digest !== undefined && { digest }),
});

/** A void one is in no history. */
const ended = ({ outcome }: Ticket): Move['outcome'] =>
  outcome === undefined || outcome === 'void' ? 'put-back' : outcome;

function moveOf({ ticket, move, at, approvals, displaced, cause }: Entry): Move {
  const { verb, from, to, traffic, who, reason, verdict, override } = move;
  return {
    ticket: ticket.number,
    at: instant(at),
    verb,
    outcome: ended(ticket),
    ...(from && { from: versionOf(from) }),
    ...(to && { to: versionOf(to) }),
    ...(traffic && Number.isFinite(traffic.share) && { traffic }),
    by: who,
    ...(reason !== undefined && { reason }),
    ...(verdict && { verdict }),
    ...(override && { override }),
    approvals,
    displaced,
    ...(cause !== undefined && { cause }),
    ...(ticket.claimedBy !== undefined && { answered_by: ticket.claimedBy }),
  };
}

function disagreementOf(model: string, { environment, disagreement }: ToldEnvironment) {
  if (disagreement === undefined) return {};
  const { says, hint, differences, stopped, late } = disagreement;
  return {
    disagreement: {
      says,
      hint,
      places: differences,
      ...(stopped && { stopped: stopped.ticket.number }),
      ...(late && { late: late.ticket.number }),
      ...(differences.length > 0 && { settle: settleCommand(model, environment.name) }),
    },
  };
}

function canaryOf({ canary }: ToldEnvironment): Pick<Environment, 'canary'> {
  if (canary === undefined || !Number.isFinite(canary.traffic.share)) return {};
  const { entry, traffic, party } = canary;
  return {
    canary: {
      version: versionOf(party),
      share: traffic.share,
      since: instant(entry.at),
      by: entry.move.who,
      ticket: entry.ticket.number,
    },
  };
}

function environmentOf(model: string, one: ToldEnvironment, withHistory: boolean): Environment {
  const { environment, state, party, arrival, overrides, entries } = one;
  const { name, alias, stage, isDecided } = environment;
  return {
    environment: name,
    alias,
    ...(stage !== undefined && { stage }),
    in_policy: isDecided,
    state,
    ...(party && { version: versionOf(party) }),
    ...(arrival && { how: arrival.how, since: instant(arrival.at) }),
    ...(arrival?.entry && { move: moveOf(arrival.entry) }),
    overrides: overrides.map(moveOf),
    ...disagreementOf(model, one),
    ...canaryOf(one),
    ...(one.cluster && { cluster: clusterOf(one.cluster) }),
    ...(withHistory && { history: entries.toReversed().map(moveOf) }),
  };
}

function ticketOf({ ticket, open, isAbandoned }: Waiting): Model['waiting'][number] {
  const { number, queue, environment, marks, holder, taken, record, left, claimedBy } = ticket;
  const [verb, run] = [marks.get('verb'), runOf(holder.run)];
  return {
    ticket: number,
    queue,
    environment,
    ...(verb !== undefined && { verb }),
    by: holder.actor,
    ...(run !== undefined && { run }),
    since: instant(taken),
    recorded: record !== undefined,
    abandoned: isAbandoned,
    ...(open?.move.from && { from: versionOf(open.move.from) }),
    ...(open?.move.to && { to: versionOf(open.move.to) }),
    steps: open?.steps.map(({ step: { kind, place }, stands }) => ({ kind, place, stands })) ?? [],
    ...(left !== undefined && { left }),
    ...(claimedBy !== undefined && { answered_by: claimedBy }),
  };
}

function modelOf(told: ToldModel, withHistory: boolean): Model {
  const { model, isThere, hasLedger, environments, waiting, naming, problems, isMoving, unread } =
    told;
  return {
    model,
    there: isThere,
    ledger: hasLedger,
    environments: environments.map((one) => environmentOf(model, one, withHistory)),
    waiting: [...waiting, ...naming.map((ticket) => ({ ticket, isAbandoned: false }))].map(
      ticketOf,
    ),
    problems: problems.map(({ message, hint, isAccepted }) => ({
      message,
      ...(hint !== undefined && { hint }),
      accepted: isAccepted,
    })),
    moving: isMoving,
    ...(unread && { unread: unread.map(({ message }) => message) }),
  };
}

export function reportOf(told: Told): StatusReport {
  const { inputs, policy, registry, models, strange, noLedger, noCluster } = told;
  const disagreements = disagreementsIn(told);
  return {
    outcome: disagreements > 0 ? 'disagrees' : 'agrees',
    disagreements,
    registry,
    policy: policy.from,
    ...(noLedger !== undefined && { no_ledger: noLedger }),
    ...(noCluster !== undefined && { no_cluster: noCluster }),
    models: models.map((model) => modelOf(model, inputs.history)),
    strange,
    remarks: remarksOf(told).map(plainText),
  };
}
