import { problemText } from '@passmuster/core/errors.ts';
import { type Block, code, type Page, type Text } from '@passmuster/core/page.ts';
import { planDigest } from '@passmuster/core/promotions/identity.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { answeredShown } from '../moving/answered-shown.ts';
import { mendingBlocks } from '../moving/mending.ts';
import { stepsDiff, stepsTable } from '../moving/steps-shown.ts';
import { displacedShown } from '../moving/told-of-move.ts';
import { moverOf, moverText } from '../moving/who.ts';
import { targetRows } from '../traffic/target-shown.ts';
import { comparison, evidenceDetails } from '../validate/evidence-tables.ts';
import { reasons, waivers } from '../validate/gate-reasons.ts';
import { gateSources, gateTable } from '../validate/gate-table.ts';
import { tallied } from '../validate/tally.ts';
import { byUrgency } from '../validate/told.ts';
import { approvalBlocks } from './approvals-shown.ts';
import type { Considered } from './considered.ts';
import { headline } from './headline.ts';
import type { Job } from './job.ts';
import { type Ended, endedAs, type Result, ticketOf } from './result.ts';

const MARKS: Readonly<Record<Ended, 'pass' | 'fail' | 'error'>> = {
  promoted: 'pass',
  unchanged: 'pass',
  planned: 'pass',
  refused: 'fail',
  'put-back': 'error',
  stopped: 'error',
};

/** What stands against it, each with what to do. */
function obstacleBlocks({ obstacles }: Considered): Block[] {
  const [only, ...more] = obstacles;
  if (only === undefined) return [];
  // Its sentence is the headline.
  if (more.length === 0) return [{ kind: 'paragraph', text: only.problem.hint ?? '' }];
  const items = obstacles.map(({ problem }): Text => problemText(problem));
  return [{ kind: 'list', items }];
}

/** Not to be overlooked: what was passed over, and by whose word. */
function overrideBlocks(job: Job, { override }: Considered): Block[] {
  if (override === undefined) return [];
  const who = moverText(moverOf(job.ports));
  const text = `${who} passed over what stood against it (${override.passed.join(', ')}): ${quotable(override.reason, 500)}`;
  return [
    { kind: 'heading', text: 'Overridden' },
    { kind: 'paragraph', text },
  ];
}

function courseBlocks(job: Job, result: Result): Block[] {
  const { plan } = result.considered;
  const { moved } = result;
  if (moved && moved.end.outcome !== 'done') {
    return mendingBlocks(job, moved.record, moved.end);
  }
  if (plan === undefined || plan.steps.length === 0 || endedAs(result) === 'refused') return [];
  return moved
    ? [{ kind: 'heading', text: 'What moved' }, stepsTable(plan.steps)]
    : [{ kind: 'heading', text: 'What would move' }, stepsDiff(plan.steps)];
}

function gateBlocks({ grounds }: Considered): Block[] {
  if (grounds === undefined) return [];
  const { judgement, sides } = grounds;
  const judged = byUrgency({ judgement });
  if (judged.length === 0) return [];
  return [
    { kind: 'heading', text: `Gates: ${tallied(judged)}` },
    ...waivers(judged),
    gateTable(judged),
    ...reasons(judged),
    ...comparison({ judgement, sides }),
  ];
}

function remarkBlocks(job: Job, result: Result): Block[] {
  const { remarks, grounds } = result.considered;
  const { displaced = [] } = result.moved ?? result.considered.finished ?? {};
  const others = result.answered.filter(({ ticket }) => ticket.number !== ticketOf(job, result));
  const items: Text[] = [
    ...answeredShown(others),
    ...displacedShown(displaced),
    ...remarks,
    ...(grounds?.sides.candidate.remarks ?? []),
    ...(grounds?.sides.champion.remarks ?? []).map((remark) => `Of the champion: ${remark}`),
  ];
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

function recordBlocks(job: Job, result: Result): Block[] {
  const { considered } = result;
  const { plan } = considered;
  const ticket = ticketOf(job, result);
  const reason = job.inputs.reason;
  const rows: [string, string][] = [
    ['by', moverText(moverOf(job.ports))],
    ...(reason ? [['reason', quotable(reason, 500)] as [string, string]] : []),
    ...(ticket !== ''
      ? [['record', `ticket ${ticket} of ${quotable(job.ledger.name)}`] as [string, string]]
      : []),
    ...(plan
      ? [['promotion', plan.id] as [string, string], ['plan', planDigest(plan)] as [string, string]]
      : []),
    ...(job.target ? targetRows(job.target) : []),
    ['registry', quotable(job.registry.address, 200)],
  ];
  return [
    { kind: 'list', items: rows.map(([name, value]): Text => [`${name}: `, code(value)]) },
    { kind: 'paragraph', text: job.policy.said },
  ];
}

/** First what came of it, then why, then what moved, and at the end what it rests on. */
export function pageOf(job: Job, result: Result): Page {
  const { considered } = result;
  const { grounds } = considered;
  const judged = grounds ? byUrgency({ judgement: grounds.judgement }) : [];
  return [
    { kind: 'verdict', verdict: MARKS[endedAs(result)], text: headline(job, result) },
    ...obstacleBlocks(considered),
    ...overrideBlocks(job, considered),
    ...courseBlocks(job, result),
    ...gateBlocks(considered),
    ...approvalBlocks(considered),
    ...remarkBlocks(job, result),
    ...recordBlocks(job, result),
    ...(judged.length > 0 ? [gateSources(judged)] : []),
    ...(grounds ? evidenceDetails('candidate', grounds.sides.candidate.evidence) : []),
    ...(grounds ? evidenceDetails('champion', grounds.sides.champion.evidence) : []),
  ];
}
