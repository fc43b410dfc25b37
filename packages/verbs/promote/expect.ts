import type { Standing } from '@passmuster/core/environments/standing.ts';
import { moveOf, type Party } from '@passmuster/core/promotions/record.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Answered } from '../moving/answer-for.ts';
import type { Glance, SeenThere } from '../moving/look.ts';
import { partyOf, partyText } from '../moving/party.ts';
import { versionFor } from './candidate.ts';
import type { Job } from './job.ts';
import { madeBy } from './made-by.ts';
import { type Obstacle, obstacle } from './obstacles.ts';

/** What is already on its way to where we want: whoever was in front of us left it, and we have ended it. */
export const finishedBy = (
  job: Job,
  answered: readonly Answered[],
  there: SeenThere,
  to: Party,
): Answered | undefined =>
  answered.findLast(
    ({ ticket, end }) =>
      end.outcome === 'done' &&
      ticket.number === madeBy(job, there) &&
      moveOf(ticket)?.to?.number === to.number,
  );

/** What the caller believes to be there, against what is; of a move that we have ended, against what was. */
export async function unexpected(
  job: Job,
  seen: Glance,
  standing: Standing,
  finished: Answered | undefined,
): Promise<Obstacle[]> {
  const { expect } = job.inputs;
  if (expect === undefined || standing.kind === 'unclear') return [];
  const wanted = expect === 'none' ? undefined : await versionFor(job, seen, expect, 'expect');
  const is = standing.kind === 'version' ? standing.version : undefined;
  if (wanted?.number === is?.number) return [];
  if (finished && moveOf(finished.ticket)?.from?.number === wanted?.number) return [];
  const there = is ? partyText(partyOf(is, seen.names)) : 'no version';
  const message = `\`expect\` is ${quotable(expect)}, but ${quotable(job.environment.name)} has ${there}.`;
  const hint = '`passmuster status` says who moved it and when; decide again, then run this again.';
  return [{ ...obstacle(message, hint), isConflict: true }];
}
