import type { OutputsOf } from '@passmuster/action-kit/spec/verb.ts';
import { problemText } from '@passmuster/core/errors.ts';
import type { Annotation, Outcome } from '@passmuster/core/outcome.ts';
import { plainText } from '@passmuster/core/page.ts';
import type { End } from '@passmuster/core/promotions/carry-out.ts';
import { causeText } from '../moving/cause-shown.ts';
import { nextStep } from '../moving/mending.ts';
import { resultOfEnd } from '../moving/result-of.ts';
import { isIn } from '../validate/told.ts';
import { headline } from './headline.ts';
import type { Job } from './job.ts';
import { pageOf } from './page.ts';
import { reportOf } from './report-of.ts';
import { endedAs, promotionOf, type Result, ticketOf } from './result.ts';
import type { spec } from './spec.ts';

function resultOf(result: Result): Outcome<never>['result'] {
  const { considered, moved } = result;
  switch (endedAs(result)) {
    case 'promoted':
    case 'unchanged':
    case 'planned':
      return 'done';
    case 'refused':
      return considered.obstacles.some(({ isConflict }) => isConflict) ? 'conflict' : 'refused';
    case 'put-back':
    case 'stopped':
      return moved ? resultOfEnd(moved.end) : 'upstream';
  }
}

/** Gates that stand in the way, on the lines where they are written. */
function gateAnnotations(title: string, { considered }: Result): Annotation[] {
  const { grounds, override } = considered;
  const judged = grounds?.judgement.judged ?? [];
  return judged
    .filter(({ gate, verdict }) => gate.level === 'fail' && !isIn(verdict))
    .map(({ gate, verdict, reasons, waived }): Annotation => {
      const isLet = waived?.hasEnded === false || override?.passed.includes('gates');
      const what = verdict === 'fail' ? 'does not hold' : 'is inconclusive';
      return {
        level: isLet ? 'warning' : 'error',
        title,
        message: `${gate.text} ${what}: ${reasons.join(' ')}`,
        ...(gate.place && { place: gate.place }),
      };
    });
}

/** That it did not go through, what the registry said, and what to do next. */
const brokenText = (job: Job, said: string, end: End): string =>
  [`${said}.`, causeText(end), nextStep(job, end)].filter(Boolean).join(' ');

function annotationsOf(job: Job, result: Result): Annotation[] {
  const { considered, moved } = result;
  const said = plainText(headline(job, result));
  const title = `passmuster ${job.verb}`;
  const against = considered.obstacles.map(
    ({ problem }): Annotation => ({
      level: 'error',
      title,
      message: problemText(problem),
    }),
  );
  const broken: Annotation[] =
    moved && moved.end.outcome !== 'done'
      ? [{ level: 'error', title, message: brokenText(job, said, moved.end) }]
      : [];
  const overridden: Annotation[] = considered.override
    ? [
        {
          level: 'warning',
          title,
          message: `${said}, overridden: ${considered.override.reason}`,
        },
      ]
    : [];
  return [...gateAnnotations(title, result), ...against, ...broken, ...overridden];
}

/** The result in words, for people and for programs. */
export function outcomeOf(job: Job, result: Result): Outcome<OutputsOf<typeof spec>> {
  const ended = endedAs(result);
  const { id, from } = promotionOf(result);
  return {
    result: resultOf(result),
    outputs: {
      outcome: ended,
      'promotion-id': id ?? '',
      from: from?.number ?? '',
      to: result.considered.to.number,
      record: ticketOf(job, result),
    },
    page: pageOf(job, result),
    report: reportOf(job, result),
    annotations: annotationsOf(job, result),
  };
}
