import type { Verb } from '@passmuster/action-kit/spec/verb.ts';
import type { Held } from '@passmuster/core/ledger/ledger.ts';
import { moveOf } from '@passmuster/core/promotions/record.ts';
import { withoutCredentials } from '@passmuster/core/quote.ts';
import type { Answered } from '../moving/answer-for.ts';
import { carry } from '../moving/carry.ts';
import { digestProblem } from '../moving/digest-stands.ts';
import { firstLook } from '../moving/first-look.ts';
import { lookAt, refuseBroken, type Seen, thereIn } from '../moving/look.ts';
import { atPlace } from '../moving/open-place.ts';
import type { Place } from '../moving/place.ts';
import type { MovingPorts } from '../moving/ports.ts';
import { refuseBegun } from '../moving/quiet.ts';
import { recordOf } from '../moving/record-of.ts';
import { underTicket } from '../moving/under-ticket.ts';
import { withWitness } from '../moving/with-witness.ts';
import { type Decision, decide } from './decide.ts';
import { inItsCluster, withTraffic } from './in-cluster.ts';
import { type Inputs, wrongInputs } from './inputs.ts';
import { outcomeOf } from './outcome.ts';
import { refuseFor } from './refusal.ts';
import type { Done, Result, Told } from './result.ts';
import type { spec } from './spec.ts';
import { intentOf, marksOf, type Wish, wishOf } from './wish.ts';

interface Job {
  readonly inputs: Inputs;
  readonly place: Place;
  readonly reason: string;
}

/** What is to be done, and in what place: without a policy, the last record says what the environment has. */
interface Planned {
  readonly place: Place;
  readonly decision: Decision;
}

/** What is to be done in a world that was looked at; what was registered of the target must still stand. */
async function planIn(asked: Place, look: Seen, wish: Wish, isDryRun: boolean): Promise<Planned> {
  const inCluster = await asked.target?.look(asked.ports.signal);
  const seen = await withWitness(asked, look, inCluster?.configMap);
  const there = thereIn(seen, asked.environment);
  refuseBroken(seen, there);
  const place = { ...asked, environment: there.environment };
  const decision = decide({ place, seen, there }, wish);
  if (decision.do !== 'move') return { place, decision };
  const { registry, ports } = place;
  const problem = await digestProblem(registry, decision.version, seen.names, ports.signal);
  if (problem) return { place, decision: refuseFor(problem) };
  return withTraffic({ place, seen, there, inCluster }, decision, isDryRun);
}

type Moving = Extract<Decision, { do: 'move' }>;

const recordIn = (place: Place, seen: Seen, reason: string, { from, to, steps, traffic }: Moving) =>
  recordOf(place, seen, {
    ...{ verb: 'rollback', from, to, steps, reason },
    ...(traffic && { traffic }),
  });

const unmoved = (decision: Exclude<Decision, { do: 'move' }>): Result =>
  decision.do === 'refuse' ? { ...decision, is: 'refused' } : { ...decision, is: 'unchanged' };

/** The same wish, that another run had begun and left, and that was ended for it. */
function endedFor(answered: readonly Answered[], environment: string, intent: string) {
  const own = answered.findLast(
    ({ ticket }) => ticket.environment === environment && ticket.intent === intent,
  );
  const move = own && moveOf(own.ticket);
  if (own === undefined || move === undefined || own.end.outcome === 'put-back') return undefined;
  const { end, displaced, ticket } = own;
  const done: Done = { move, end, ticket: ticket.number, displaced, remarks: [] };
  return { is: 'carried-out' as const, ...done };
}

async function turn(
  job: Job,
  wish: Wish,
  intent: string,
  held: Held,
  answered: readonly Answered[],
) {
  const { place } = job;
  const earlier = endedFor(answered, place.environment.name, intent);
  if (earlier) return earlier;
  const seen = await lookAt(place, place.ports.signal);
  const { decision, place: there } = await planIn(place, seen, wish, false);
  if (decision.do !== 'move') return unmoved(decision);
  const { remarks } = decision;
  const own = recordIn(there, seen, job.reason, decision);
  const { record, end, seal, displaced } = await carry(there, held, own);
  return { is: 'carried-out' as const, move: record, end, ticket: seal.number, displaced, remarks };
}

async function plan({ place, reason }: Job, seen: Seen, wish: Wish): Promise<Result> {
  const { decision, place: there } = await planIn(place, seen, wish, true);
  if (decision.do !== 'move') return unmoved(decision);
  const { remarks } = decision;
  return { is: 'planned', record: recordIn(there, seen, reason, decision), remarks };
}

async function rolledBack(job: Job): Promise<Told> {
  const { inputs, place } = job;
  const seen = await firstLook(place);
  const there = thereIn(seen, place.environment);
  refuseBroken(seen, there);
  const wish = await wishOf(place, inputs, { seen, there });
  const told = { place, wish, reason: job.reason, answered: [] };
  if (inputs['dry-run']) refuseBegun(seen);
  // Where there is no ledger there is nothing to go back to, and none is made to say so.
  const isEmpty = seen.created === undefined;
  if (inputs['dry-run'] || isEmpty) return { ...told, result: await plan(job, seen, wish) };
  const intent = intentOf(place.environment.name, wish);
  const request = { place, intent, marks: marksOf(place, wish), wait: inputs.wait };
  return underTicket(request, async (held, answered) => ({
    ...told,
    answered,
    result: await turn(job, wish, intent, held, answered),
  }));
}

export const rollback: Verb<typeof spec, MovingPorts> = (inputs, ports) =>
  atPlace(inputs, ports, wrongInputs(inputs, ports.host), async (place) => {
    const reason = withoutCredentials(inputs.reason);
    return inItsCluster(place, inputs, async (there) =>
      outcomeOf(await rolledBack({ inputs, place: there, reason })),
    );
  });
