import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Held } from '@passmuster/core/ledger/ledger.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Answered } from '../moving/answer-for.ts';
import { carry } from '../moving/carry.ts';
import { agree, type Glance, glanceAt, underWay, withAliases } from '../moving/look.ts';
import { refuseBegun } from '../moving/quiet.ts';
import { ticketMarks } from '../moving/ticket-marks.ts';
import { underTicket } from '../moving/under-ticket.ts';
import { byPolicyOfNow } from './anew.ts';
import { versionFor } from './candidate.ts';
import { consider } from './consider.ts';
import type { Considered } from './considered.ts';
import { type Believed, expected, nothingCame, refuseMoved } from './expected.ts';
import type { Job } from './job.ts';
import { holdAgainstPlan, writePlan } from './plan-file.ts';
import { promotionRecord } from './record.ts';
import type { Result } from './result.ts';

/** With the job by whose policy it was decided. */
export interface Told {
  readonly job: Job;
  readonly result: Result;
}

/** What was believed before the wait for our turn. */
interface Before {
  /** Absent where somebody was in front of us already. */
  readonly first: Considered | undefined;
  readonly believed: Believed;
}

/** What was just seen in the cluster needs not be asked for again. */
const knowing = ({ target, ...job }: Job, { inCluster }: Considered): Job => ({
  ...job,
  ...(target && { target: { ...target, seen: inCluster } }),
});

/** Our turn has come: as it was considered where nothing came between, else all of it is considered anew. */
async function turn(
  before: Job,
  held: Held,
  answered: readonly Answered[],
  { first, believed }: Before,
): Promise<Told> {
  const isSo = first !== undefined && (await nothingCame(before, held, first));
  const job = isSo ? before : await byPolicyOfNow(before);
  const now = isSo ? first : await consider(job, await glanceAt(job, job.ports.signal), answered);
  const result = { considered: now, answered };
  if (now.decision === 'unchanged') return { job, result };
  refuseMoved(job, now, believed);
  if (now.decision === 'refuse' || now.plan === undefined) return { job, result };
  holdAgainstPlan(job, now.plan);
  await writePlan(job, now.plan);
  const record = promotionRecord(job, now, now.plan);
  const known = isSo ? { last: now.there.history.sealed.at(-1) } : undefined;
  return { job, result: { ...result, moved: await carry(knowing(job, now), held, record, known) } };
}

/** The same for the same wish, whichever verb has it. */
const intentOf = ({ canary, environment: { name } }: Job, number: string): string =>
  canary ? `canary ${name} to ${number} at ${canary.share}` : `promote ${name} to ${number}`;

const MOST_LOOKS = 5;

const restless = (model: string): PassmusterError =>
  new PassmusterError('conflict', [
    {
      message: `"${quotable(model)}" is being moved or changed all the time: of ${MOST_LOOKS + 1} looks no two in a row saw the same.`,
      hint: 'Nothing was changed. Look at `passmuster status` for who is at it, then run this again.',
    },
  ]);

/**
 * Considered without a ticket. What ends there has to rest on one state of ledger and registry, so it is looked
 * at twice until both looks agree; what goes on to a ticket is held against that under it.
 */
async function considered(job: Job, first: Glance): Promise<Considered> {
  const { inputs, ports, model } = job;
  let seen = first;
  for (let looks = 1; ; looks++) {
    // A plan that rests on a move under way would be one on what may never be.
    if (inputs['dry-run']) refuseBegun(seen);
    const now = await consider(job, seen);
    if (now.decision === 'move' && !inputs['dry-run']) return now;
    const again = await glanceAt(job, ports.signal);
    if (agree(seen, again)) return now;
    if (looks === MOST_LOOKS) throw restless(model);
    seen = again;
  }
}

/** What can be told, or has to be done, before anybody is waited for. */
export async function promoted(job: Job): Promise<Told> {
  const { inputs, ports } = job;
  const seen = await glanceAt(job, ports.signal);
  const mustWait = underWay(seen).length > 0 && !inputs['dry-run'];
  const first = mustWait ? undefined : await considered(job, seen);
  const told = first && { job, result: { considered: first, answered: [] } };
  if (told && first.decision !== 'move') return told;
  if (first?.plan) holdAgainstPlan(job, first.plan);
  if (told && first.plan && inputs['dry-run']) {
    await writePlan(job, first.plan);
    return told;
  }
  const look = first?.seen ?? (await withAliases(job, seen, ports.signal));
  const to = first?.to ?? (await versionFor(job, look, inputs.version, 'version'));
  const request = {
    place: job,
    intent: intentOf(job, to.number),
    marks: ticketMarks(job.verb, ports.host),
    wait: inputs.wait,
  };
  const before = { first, believed: expected(job, look) };
  return underTicket(request, (held, answered) => turn(job, held, answered, before));
}
