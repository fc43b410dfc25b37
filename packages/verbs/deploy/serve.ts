import type { Cluster } from '@passmuster/core/cluster/cluster.ts';
import type { Held } from '@passmuster/core/ledger/ledger.ts';
import { type MoveRecord, moveOf } from '@passmuster/core/promotions/record.ts';
import { withoutCredentials } from '@passmuster/core/quote.ts';
import type { Answered } from '../moving/answer-for.ts';
import { carry } from '../moving/carry.ts';
import { firstLook } from '../moving/first-look.ts';
import { lookAt, type Seen } from '../moving/look.ts';
import { atPlace } from '../moving/open-place.ts';
import { versionIn } from '../moving/party.ts';
import type { Place } from '../moving/place.ts';
import { refuseBegun } from '../moving/quiet.ts';
import { recordOf } from '../moving/record-of.ts';
import { ticketMarks } from '../moving/ticket-marks.ts';
import { underTicket } from '../moving/under-ticket.ts';
import { versionFor } from '../promote/candidate.ts';
import { nothingCame } from '../promote/expected.ts';
import { refuseLedger } from '../register/world.ts';
import { configMapOf } from '../traffic/configmap.ts';
import { targetAt } from '../traffic/open-target.ts';
import type { Target } from '../traffic/target.ts';
import { type Asked, type Decision, decide } from './decide.ts';
import type { Inputs, Ports } from './inputs.ts';
import { outcomeOf } from './outcome.ts';
import type { Moving, Result, Told } from './result.ts';

type Move = Extract<Decision, { do: 'move' }>;

function recordIn({ place, seen, from, steps, traffic }: Move, reason: string | undefined) {
  const to = versionIn(from);
  const own = { ...{ from, to, steps, traffic }, ...(reason !== undefined && { reason }) };
  return { ...recordOf(place, seen, { verb: 'deploy', ...own }), to, traffic };
}

const moving = (record: MoveRecord & Pick<Moving, 'to' | 'traffic'>): Moving => record;

function unmoved(decision: Exclude<Decision, Move>): Result {
  if (decision.do === 'refuse') return { ...decision, is: 'refused' };
  const { from, traffic, remarks } = decision;
  return { is: 'unchanged', from, to: versionIn(from), traffic, remarks };
}

interface Job {
  readonly asked: Asked;
  readonly reason: string | undefined;
}

async function decided({ asked }: Job, seen: Seen, isDryRun: boolean): Promise<Decision> {
  const { target, place } = asked;
  const { signal } = place.ports;
  const inCluster = await target.look(signal);
  const decision = await decide(asked, seen, inCluster);
  if (decision.do === 'move') await target.dryRun(inCluster, decision.steps, signal, isDryRun);
  return decision;
}

/** The same wish, that another run had begun and left, and that was ended for it. */
function endedFor(answered: readonly Answered[], environment: string, intent: string) {
  const own = answered.findLast(
    ({ ticket }) => ticket.environment === environment && ticket.intent === intent,
  );
  const move = own && moveOf(own.ticket);
  if (!own || own.end.outcome === 'put-back' || !move?.to || !move.traffic) return undefined;
  const { ticket, end } = own;
  const done = { ...move, to: move.to, traffic: move.traffic };
  return { is: 'carried-out' as const, move: done, end, ticket: ticket.number, remarks: [] };
}

async function carriedOut({ reason }: Job, held: Held, decision: Move): Promise<Result> {
  const { place, inCluster, remarks } = decision;
  const record = recordIn(decision, reason);
  const target = place.target && { ...place.target, seen: inCluster };
  const { end, seal } = await carry({ ...place, target }, held, record);
  return { is: 'carried-out', move: moving(record), end, ticket: seal.number, remarks };
}

async function turn(
  job: Job,
  intent: string,
  held: Held,
  answered: readonly Answered[],
  before: Decision | undefined,
): Promise<Result> {
  const { place } = job.asked;
  const earlier = endedFor(answered, place.environment.name, intent);
  if (earlier) return earlier;
  const isSo = before?.do === 'move' && (await nothingCame(place, held, before));
  const decision = isSo
    ? before
    : await decided(job, await lookAt(place, place.ports.signal), false);
  return decision.do === 'move' ? carriedOut(job, held, decision) : unmoved(decision);
}

/** What the version that was named means; it need not be named. */
async function named(place: Place, seen: Seen, { version }: Inputs) {
  return version === undefined ? undefined : versionFor(place, seen, version, 'version');
}

/** Has the environment's version served, or ends its canary, under a ticket of its own. */
async function serve(place: Place, target: Target, inputs: Inputs): Promise<Told> {
  const what = inputs.canary === 'drop' ? 'drop' : 'serve';
  const at: Place = { ...place, target };
  const { model, environment, registry, ledger, policy, ports } = at;
  const seen = await firstLook(at);
  const version = await named(at, seen, inputs);
  const reason = inputs.reason && withoutCredentials(inputs.reason);
  const job: Job = { asked: { place: at, target, what, version }, reason };
  const told: Omit<Told, 'result'> = {
    ...{ what, model, environment: environment.name, target, answered: [] },
    ...{ registry: registry.address, ledger: ledger.name, policy },
  };
  const isQuiet = seen.whole.open.every(({ queue }) => queue !== 'moves');
  if (inputs['dry-run']) refuseBegun(seen);
  const first =
    isQuiet || inputs['dry-run'] ? await decided(job, seen, inputs['dry-run']) : undefined;
  if (first && first.do !== 'move') return { ...told, result: unmoved(first) };
  if (inputs['dry-run'] && first) {
    const move = moving(recordIn(first, reason));
    return { ...told, result: { is: 'planned', move, remarks: first.remarks } };
  }
  const intent = `deploy ${environment.name} ${what} ${version?.number ?? ''}`.trim();
  const marks = ticketMarks('deploy', ports.host);
  const request = { place: at, intent, marks, wait: inputs.wait };
  return underTicket(request, async (held, answered) => ({
    ...told,
    answered,
    result: await turn(job, intent, held, answered, first),
  }));
}

/** The same, with all that it takes opened. */
export function deployServing(
  inputs: Inputs & { readonly environment: string },
  ports: Ports,
  cluster: Cluster,
) {
  const { model, environment, config, configmap } = inputs;
  refuseLedger(model);
  return atPlace({ model, environment, config }, ports, [], async (place) => {
    const at = configMapOf(place.environment, configmap);
    return outcomeOf(await serve(place, targetAt(cluster, at, inputs, ports), inputs));
  });
}
