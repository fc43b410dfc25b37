import type { OutputsOf } from '@passmuster/action-kit/spec/verb.ts';
import type { Annotation, Outcome } from '@passmuster/core/outcome.ts';
import { plainText } from '@passmuster/core/page.ts';
import { moveOf } from '@passmuster/core/promotions/record.ts';
import { causeText } from '../moving/cause-shown.ts';
import { nextStep } from '../moving/mending.ts';
import { resultOfEnd } from '../moving/result-of.ts';
import { headline, pageOf } from './page.ts';
import { reportOf } from './report-of.ts';
import { endedAs, moveIn, type Result, type Told, ticketIn } from './result.ts';
import type { spec } from './spec.ts';

function resultOf(result: Result): Outcome<object>['result'] {
  if (result.is === 'refused') return 'refused';
  return result.is === 'carried-out' ? resultOfEnd(result.end) : 'done';
}

function annotationsOf(told: Told): Annotation[] {
  const { result, place } = told;
  if (resultOf(result) === 'done') return [];
  const more =
    result.is === 'refused'
      ? [result.hint, result.command]
      : result.is === 'carried-out'
        ? [causeText(result.end), nextStep(place, result.end)]
        : [];
  const message = [`${plainText(headline(told))}.`, ...more].filter(Boolean).join(' ');
  return [{ level: 'error', title: 'passmuster rollback', message }];
}

/** The move that made what is live what it is, where nothing moved. */
const idOf = (result: Result): string => {
  const ticket = result.is === 'unchanged' ? result.ticket : undefined;
  return (moveIn(result) ?? (ticket && moveOf(ticket)))?.id ?? '';
};

export function outcomeOf(told: Told): Outcome<OutputsOf<typeof spec>> {
  const { wish, result } = told;
  const move = moveIn(result);
  const live = result.is === 'unchanged' ? result.live : undefined;
  return {
    result: resultOf(result),
    outputs: {
      outcome: endedAs(result),
      'promotion-id': idOf(result),
      from: move?.from?.number ?? wish.from ?? '',
      to: (move?.to ?? live)?.number ?? '',
      record: ticketIn(result),
    },
    page: pageOf(told),
    report: reportOf(told),
    annotations: annotationsOf(told),
  };
}
