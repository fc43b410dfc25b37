import type { Verb } from '@passmuster/action-kit/spec/verb.ts';
import type { Held } from '@passmuster/core/ledger/ledger.ts';
import type { MoveRecord } from '@passmuster/core/promotions/record.ts';
import { withoutCredentials } from '@passmuster/core/quote.ts';
import { readableNames } from '@passmuster/core/versions/sealed.ts';
import { carry } from '../moving/carry.ts';
import { firstLook } from '../moving/first-look.ts';
import { lookAt, type Seen, thereIn } from '../moving/look.ts';
import { atPlace } from '../moving/open-place.ts';
import type { Place } from '../moving/place.ts';
import type { MovingPorts } from '../moving/ports.ts';
import { refuseBegun } from '../moving/quiet.ts';
import { recordOf } from '../moving/record-of.ts';
import { ticketMarks } from '../moving/ticket-marks.ts';
import { underTicket } from '../moving/under-ticket.ts';
import { type Decision, decide } from './decide.ts';
import { outcomeOf } from './outcome.ts';
import type { Inputs, Result, Told } from './result.ts';
import type { spec } from './spec.ts';

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

function planIn(asked: Place, seen: Seen): Planned {
  const there = thereIn(seen, asked.environment);
  const place = { ...asked, environment: there.environment };
  return { place, decision: decide({ place, seen, there }) };
}

function recordIn(
  { place, reason }: Pick<Job, 'place' | 'reason'>,
  seen: Seen,
  { from, to, accepted, lost }: Extract<Decision, { do: 'seal' }>,
): MoveRecord {
  const { environment } = thereIn(seen, place.environment);
  return recordOf({ ...place, environment }, seen, {
    verb: 'settle',
    steps: [],
    reason,
    ...(from && { from }),
    ...(to && { to }),
    ...(accepted.length > 0 && { accepted }),
    ...(lost.length > 0 && { lost }),
  });
}

const unsealed = (decision: Exclude<Decision, { do: 'seal' }>): Result =>
  decision.do === 'refuse' ? { ...decision, is: 'refused' } : { ...decision, is: 'unchanged' };

async function turn(job: Job, held: Held): Promise<Result> {
  const { signal } = job.place.ports;
  const seen = await lookAt(job.place, signal, readableNames);
  const { place, decision } = planIn(job.place, seen);
  if (decision.do !== 'seal') return unsealed(decision);
  const { record, seal } = await carry(place, held, recordIn({ ...job, place }, seen, decision));
  return { is: 'settled', record, ticket: seal.number };
}

/** What would be sealed, without waiting for anybody. */
function plan(job: Job, seen: Seen): Result {
  const { place, decision } = planIn(job.place, seen);
  if (decision.do !== 'seal') return unsealed(decision);
  return { is: 'planned', record: recordIn({ ...job, place }, seen, decision) };
}

async function settled(job: Job): Promise<Told> {
  const { inputs, place, reason } = job;
  const seen = await firstLook(place, readableNames);
  const told = { place, reason, answered: [] };
  if (inputs['dry-run']) refuseBegun(seen);
  const planned = plan(job, seen);
  // Where there is no ledger, none is made to say that there is nothing to settle.
  const isEmpty = seen.created === undefined && planned.is !== 'planned';
  if (inputs['dry-run'] || isEmpty) return { ...told, result: planned };
  const { name } = place.environment;
  const marks = ticketMarks('settle', place.ports.host);
  const request = { place, intent: `settle ${name}`, marks, wait: inputs.wait };
  return underTicket(request, async (held, answered) => ({
    ...told,
    answered,
    result: await turn(job, held),
  }));
}

export const settle: Verb<typeof spec, MovingPorts> = (inputs, ports) =>
  atPlace(inputs, ports, [], async (place) => {
    const reason = withoutCredentials(inputs.reason);
    const asFound = { ...place, leavesCluster: true } as const;
    return outcomeOf(await settled({ inputs, place: asFound, reason }));
  });
