import { answeredIn, partyIn } from '../moving/report-shapes.ts';
import type { RollbackReport } from './report.ts';
import { endedAs, moveIn, type Result, type Told, ticketIn } from './result.ts';

type Steps = RollbackReport['steps'];

function stepsOf(result: Result): Steps {
  const { steps = [] } = moveIn(result) ?? {};
  const values =
    result.is === 'carried-out' && result.end.outcome !== 'done' ? result.end.values : [];
  return steps.map((step, at) => {
    const stands = values[at];
    return { ...step, ...(stands !== undefined && { stands }) } as Steps[number];
  });
}

export function reportOf({ place, wish, reason, result, answered }: Told): RollbackReport {
  const { model, environment, registry, policy } = place;
  const move = moveIn(result);
  const record = ticketIn(result);
  const cause = result.is === 'carried-out' ? result.end.cause?.message : undefined;
  return {
    outcome: endedAs(result),
    model,
    environment: environment.name,
    registry: registry.address,
    policy: policy.from,
    reason: move?.reason ?? reason,
    asked: {
      ...(wish.from !== undefined && { from: wish.from }),
      ...(wish.to !== undefined && { to: wish.to }),
    },
    ...(move && { promotion_id: move.id, who: move.who }),
    ...(record !== '' && { record }),
    ...(move?.from && { from: partyIn(move.from) }),
    ...(move?.to && { to: partyIn(move.to) }),
    ...(result.is === 'unchanged' && result.live && { live: partyIn(result.live) }),
    steps: stepsOf(result),
    displaced: result.is === 'carried-out' ? result.displaced : [],
    answered: answeredIn(answered),
    ...(cause !== undefined && { cause }),
    ...(result.is === 'refused' && { refused: result.says }),
  };
}
