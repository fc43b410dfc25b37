import type { OutputsOf } from '@passmuster/action-kit/spec/verb.ts';
import { problemText } from '@passmuster/core/errors.ts';
import type { Annotation, Outcome } from '@passmuster/core/outcome.ts';
import { plainText } from '@passmuster/core/page.ts';
import { standsIn } from '../moving/carried-out.ts';
import { causeText } from '../moving/cause-shown.ts';
import { nextStep } from '../moving/mending.ts';
import { answeredIn, partyIn } from '../moving/report-shapes.ts';
import { resultOfEnd } from '../moving/result-of.ts';
import { headline, pageOf } from './page.ts';
import type { DeployReport } from './report.ts';
import { endedAs, movingIn, partiesIn, type Told } from './result.ts';
import type { spec } from './spec.ts';

function resultOf({ result }: Told): Outcome<object>['result'] {
  if (result.is === 'refused') return result.isConflict ? 'conflict' : 'refused';
  return result.is === 'carried-out' ? resultOfEnd(result.end) : 'done';
}

function annotationsOf(told: Told): Annotation[] {
  const { result, model, environment } = told;
  if (resultOf(told) === 'done') return [];
  const said = plainText(headline(told));
  const more =
    result.is === 'refused'
      ? result.problems.flatMap(({ message, hint }) =>
          result.problems.length === 1 ? [hint] : [message, hint],
        )
      : result.is === 'carried-out' && environment !== undefined
        ? [
            causeText(result.end),
            nextStep({ model, environment: { name: environment } }, result.end),
          ]
        : [result.is === 'carried-out' && causeText(result.end)];
  const message = [`${said}.`, ...more].filter(Boolean).join(' ');
  return [{ level: 'error', title: 'passmuster deploy', message }];
}

function reportOf(told: Told): DeployReport {
  const { result, model, environment, target, registry, ledger, answered, policy } = told;
  const move = movingIn(result);
  const { from, to } = partiesIn(result);
  const traffic = move?.traffic ?? (result.is === 'unchanged' ? result.traffic : undefined);
  const end = result.is === 'carried-out' ? result.end : undefined;
  const ticket = result.is === 'carried-out' ? result.ticket : '';
  return {
    outcome: endedAs(told),
    model,
    ...(environment !== undefined && { environment }),
    ...(from && { from: partyIn(from) }),
    ...(to && { to: partyIn(to) }),
    ...(move && move.id !== '' && { promotion_id: move.id }),
    ...(traffic && { traffic }),
    steps: (move?.steps ?? []) as DeployReport['steps'],
    stands: standsIn(end?.strange ?? []),
    displaced: [],
    answered: answeredIn(answered),
    ...(ticket !== '' && { record: ticket }),
    gates: [],
    evidence: [],
    approvals: [],
    missing_approvals: [],
    obstacles: result.is === 'refused' ? result.problems.map(problemText) : [],
    remarks: result.is === 'refused' ? [] : result.remarks,
    ...(end?.cause && { cause: end.cause.message }),
    policy: policy.from,
    registry,
    cluster: target.cluster.address,
    ...(ledger !== undefined && { ledger }),
  };
}

export function outcomeOf(told: Told): Outcome<OutputsOf<typeof spec>> {
  const { result } = told;
  const move = movingIn(result);
  const { from, to } = partiesIn(result);
  return {
    result: resultOf(told),
    outputs: {
      outcome: endedAs(told),
      'promotion-id': move?.id ?? '',
      from: from?.number ?? '',
      to: to?.number ?? '',
      record: result.is === 'carried-out' ? result.ticket : '',
    },
    page: pageOf(told),
    report: reportOf(told),
    annotations: annotationsOf(told),
  };
}
