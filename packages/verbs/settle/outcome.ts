import type { OutputsOf } from '@passmuster/action-kit/spec/verb.ts';
import type { Annotation, Outcome } from '@passmuster/core/outcome.ts';
import { plainText } from '@passmuster/core/page.ts';
import { answeredIn, partyIn } from '../moving/report-shapes.ts';
import { headline, pageOf } from './page.ts';
import type { SettleReport } from './report.ts';
import { recordIn, type Told, ticketIn } from './result.ts';
import type { spec } from './spec.ts';

/** What stands there. */
const liveIn = ({ result }: Told) =>
  result.is === 'unchanged' ? result.live : recordIn(result)?.to;

function reportOf(told: Told): SettleReport {
  const { place, reason, result, answered } = told;
  const { model, environment, registry, policy } = place;
  const record = recordIn(result);
  const ticket = ticketIn(result);
  const live = liveIn(told);
  return {
    outcome: result.is,
    model,
    environment: environment.name,
    registry: registry.address,
    policy: policy.from,
    reason,
    ...(record && { promotion_id: record.id, who: record.who }),
    ...(ticket !== '' && { record: ticket }),
    ...(record?.from && { from: partyIn(record.from) }),
    ...(live && { to: partyIn(live) }),
    accepted: (record?.accepted ?? []).map(({ message }) => message),
    lost: (record?.lost ?? []).map(({ number, digest }) => ({
      ticket: number,
      ...(digest !== '' && { digest }),
    })),
    answered: answeredIn(answered),
    ...(result.is === 'refused' && { refused: result.says }),
  };
}

function annotationsOf(told: Told): Annotation[] {
  const { result } = told;
  if (result.is !== 'refused') return [];
  const message = `${plainText(headline(told))}. ${result.hint}`;
  return [{ level: 'error', title: 'passmuster settle', message }];
}

export function outcomeOf(told: Told): Outcome<OutputsOf<typeof spec>> {
  const { result } = told;
  const record = recordIn(result);
  return {
    result: result.is === 'refused' ? 'refused' : 'done',
    outputs: {
      outcome: result.is,
      'promotion-id': record?.id ?? '',
      from: record?.from?.number ?? '',
      to: liveIn(told)?.number ?? '',
      record: ticketIn(result),
    },
    page: pageOf(told),
    report: reportOf(told),
    annotations: annotationsOf(told),
  };
}
