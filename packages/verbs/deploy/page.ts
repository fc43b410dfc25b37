import { namedText } from '@passmuster/core/cluster/steps.ts';
import { problemText } from '@passmuster/core/errors.ts';
import {
  type Block,
  code,
  type Inline,
  type Mark,
  type Page,
  type Text,
} from '@passmuster/core/page.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { plural } from '@passmuster/report/quantity.ts';
import { answeredShown } from '../moving/answered-shown.ts';
import { causeBlocks, mendingBlocks } from '../moving/mending.ts';
import { partyShown } from '../moving/party.ts';
import { stepsDiff, stepsTable } from '../moving/steps-shown.ts';
import { moverText } from '../moving/who.ts';
import { whyBack } from '../traffic/failed-rollouts.ts';
import { targetRows } from '../traffic/target-shown.ts';
import { type Ended, endedAs, movingIn, partiesIn, type Told } from './result.ts';

const MARKS: Readonly<Record<Ended, Mark>> = {
  deployed: 'pass',
  canary: 'pass',
  dropped: 'pass',
  unchanged: 'pass',
  planned: 'pass',
  refused: 'fail',
  'put-back': 'error',
  stopped: 'error',
};

const whereOf = ({ environment, target }: Told): Inline[] =>
  environment === undefined
    ? [' in ', code(quotable(namedText(target.configmap.place), 320))]
    : [' in ', code(quotable(environment))];

function refusedText({ result }: Told): string {
  if (result.is !== 'refused') return '';
  const [only, ...more] = result.problems;
  if (only === undefined || more.length > 0) {
    return `${plural(result.problems.length, 'thing')} stand against it`;
  }
  return only.message.replace(/\.$/, '');
}

/** What it is about, in the words of what was asked for. */
function doing(told: Told): Record<'done' | 'would' | 'not', Inline[]> {
  const { what, model, result } = told;
  const { to } = partiesIn(result);
  const version: Inline[] = [
    code(quotable(model)),
    ...(to === undefined ? [] : [' ', ...partyShown(to)]),
  ];
  const where = whereOf(told);
  if (what === 'drop') {
    const canary: Inline[] = ['the canary of ', code(quotable(model)), ...where];
    const left: Inline[] = to === undefined ? [] : [': ', ...partyShown(to), ' serves alone'];
    return {
      done: ['The canary of ', code(quotable(model)), ...where, ' is dropped', ...left],
      would: [...canary, ' would be dropped', ...left],
      not: ['The canary of ', code(quotable(model)), ...where, ' is not dropped'],
    };
  }
  const share = movingIn(result)?.traffic.share;
  const as: Inline[] = what === 'canary' ? [` as a canary at ${share ?? 0} %`] : [];
  return {
    done: [...version, ' serves', ...where, ...as],
    would: [...version, ' would serve', ...where, ...as],
    not: [...version, ' does not serve', ...where, ...(what === 'canary' ? [' as a canary'] : [])],
  };
}

/** The outcome in one sentence. */
export function headline(told: Told): Inline[] {
  const { result, what } = told;
  const { done, would, not } = doing(told);
  switch (endedAs(told)) {
    case 'deployed':
    case 'canary':
    case 'dropped':
      return [...done, ...(what === 'drop' ? [] : [' now'])];
    case 'unchanged':
      return what === 'drop'
        ? ['No canary of ', code(quotable(told.model)), ' runs', ...whereOf(told)]
        : [...done, ' already'];
    case 'planned':
      return would;
    case 'refused':
      return [...not, `: ${refusedText(told)}`];
    case 'put-back':
      return [...not, `: ${whyBack(result.is === 'carried-out' ? result.end.cause : undefined)}`];
    case 'stopped':
      return [...not, ' as planned, and was left as it stands'];
  }
}

/** Each with what to do; of one alone, its sentence is the headline. */
function againstBlocks({ result }: Told): Block[] {
  if (result.is !== 'refused') return [];
  const [only, ...more] = result.problems;
  if (only !== undefined && more.length === 0) {
    return only.hint === undefined ? [] : [{ kind: 'paragraph', text: only.hint }];
  }
  return [{ kind: 'list', items: result.problems.map(problemText) }];
}

function courseBlocks({ model, environment, registry, result }: Told): Block[] {
  if (result.is === 'planned') {
    return result.move.steps.length === 0
      ? []
      : [{ kind: 'heading', text: 'What would move' }, stepsDiff(result.move.steps)];
  }
  if (result.is !== 'carried-out') return [];
  const { move, end } = result;
  if (end.outcome === 'done') {
    return move.steps.length === 0
      ? []
      : [{ kind: 'heading', text: 'What moved' }, stepsTable(move.steps)];
  }
  if (environment === undefined) return causeBlocks(move.steps, end);
  const place = { model, environment: { name: environment }, registry: { address: registry } };
  return mendingBlocks(place, move, end);
}

/** Who, why, where it is on record, and in which cluster. */
function factBlocks(told: Told): Block[] {
  const { result, target, ledger, registry } = told;
  const move = movingIn(result);
  const ticket = result.is === 'carried-out' ? result.ticket : '';
  const rows: [string, string][] = [
    ...(move ? [['by', moverText(move.who)] as [string, string]] : []),
    ...(move?.reason ? [['reason', quotable(move.reason, 500)] as [string, string]] : []),
    ...(ticket !== '' && ledger !== undefined
      ? [['record', `ticket ${ticket} of ${quotable(ledger)}`] as [string, string]]
      : []),
    ...(move && move.id !== '' ? [['promotion', move.id] as [string, string]] : []),
    ...targetRows(target),
    ['registry', quotable(registry, 200)],
  ];
  return [
    { kind: 'list', items: rows.map(([name, value]): Text => [`${name}: `, code(value)]) },
    { kind: 'paragraph', text: told.policy.said },
  ];
}

export function pageOf(told: Told): Page {
  const { result, answered } = told;
  const own = result.is === 'refused' ? [] : result.remarks;
  const ticket = result.is === 'carried-out' ? result.ticket : '';
  const others = answered.filter((one) => one.ticket.number !== ticket);
  const items: Text[] = [...answeredShown(others), ...own];
  return [
    { kind: 'verdict', verdict: MARKS[endedAs(told)], text: headline(told) },
    ...againstBlocks(told),
    ...courseBlocks(told),
    ...(items.length > 0 ? [{ kind: 'list' as const, items }] : []),
    ...factBlocks(told),
  ];
}
