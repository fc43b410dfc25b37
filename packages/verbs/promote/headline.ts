import { momentText } from '@passmuster/core/moment.ts';
import { code, type Inline } from '@passmuster/core/page.ts';
import { moveOf } from '@passmuster/core/promotions/record.ts';
import { writtenAt } from '@passmuster/core/promotions/written-at.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { plural } from '@passmuster/report/quantity.ts';
import { partyShown } from '../moving/party.ts';
import { moverText } from '../moving/who.ts';
import { whyBack } from '../traffic/failed-rollouts.ts';
import type { Considered } from './considered.ts';
import type { Job } from './job.ts';
import { endedAs, type Result } from './result.ts';

const beforeIt = ({ from, to }: Considered): Inline[] => {
  if (from === undefined) return ['; nothing was there before'];
  if (from.number === to.number) {
    return from.ticket === undefined
      ? ['; it stood there already, and is on record now']
      : ['; it was there by the ledger, and what was missing there is set again'];
  }
  return ['; before it was ', ...partyShown(from)];
};

/** Since when and by whom it is there. */
function since({ there }: Considered): string {
  const last = there.history.sealed.findLast(({ number }) => number === there.recorded?.ticket);
  const move = last && moveOf(last);
  if (last === undefined || move === undefined) return '';
  return ` since ${momentText(writtenAt(last))}, by ${moverText(move.who)} (ticket ${last.number})`;
}

/** The one thing that stands against it, or how many. */
function against(obstacles: Considered['obstacles']): string {
  const [only, ...more] = obstacles;
  if (only === undefined || more.length > 0) {
    return `${plural(obstacles.length, 'thing')} stand against it`;
  }
  // It may begin with a name, of which no letter is changed.
  return only.problem.message.replace(/\.$/, '');
}

/** The same of a version that is to get a share of the traffic only. */
function canaryHeadline(
  { model, environment }: Job,
  result: Result,
  { share }: NonNullable<Job['canary']>,
): Inline[] {
  const { to, from, obstacles } = result.considered;
  const what = [code(quotable(model)), ' ', ...partyShown(to)];
  const beside = from ? [' beside ', ...partyShown(from)] : [];
  const canary = [' a canary in ', code(environment.name), ` at ${share} %`, ...beside];
  switch (endedAs(result)) {
    case 'promoted':
      return [...what, ' is', ...canary];
    case 'unchanged':
      return [...what, ' is already', ...canary];
    case 'planned':
      return [...what, ' would be', ...canary];
    case 'refused':
      return [...what, ' does not become', ...canary, `: ${against(obstacles)}`];
    case 'put-back':
      return [...what, ' did not become', ...canary, `: ${whyBack(result.moved?.end.cause)}`];
    case 'stopped':
      return [...what, ' did not become', ...canary, ' as planned, and was left as it stands'];
  }
}

/** The outcome in one sentence. */
export function headline(job: Job, result: Result): Inline[] {
  const { considered, moved } = result;
  const { obstacles, finished } = considered;
  if (job.canary) return canaryHeadline(job, result, job.canary);
  const what = [code(quotable(job.model)), ' ', ...partyShown(considered.to)];
  const where = code(job.environment.name);
  switch (endedAs(result)) {
    case 'promoted':
      return finished && !moved
        ? [
            ...what,
            ' is in ',
            where,
            `: a run before this one had begun that, and this one ended it`,
          ]
        : [...what, ' is in ', where, ' now', ...beforeIt(considered)];
    case 'unchanged':
      return [...what, ' is in ', where, ` already${since(considered)}`];
    case 'planned':
      return [...what, ' would move to ', where, ...beforeIt(considered)];
    case 'refused':
      return [...what, ' does not move to ', where, `: ${against(obstacles)}`];
    case 'put-back':
      return [...what, ' did not move to ', where, `: ${whyBack(result.moved?.end.cause)}`];
    case 'stopped':
      return [...what, ' did not move to ', where, ' as planned, and was left as it stands'];
  }
}
