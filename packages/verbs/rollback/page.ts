import { momentText } from '@passmuster/core/moment.ts';
import {
  type Block,
  code,
  type Inline,
  type Mark,
  type Page,
  type Text,
} from '@passmuster/core/page.ts';
import { moveOf, type Party } from '@passmuster/core/promotions/record.ts';
import { writtenAt } from '@passmuster/core/promotions/written-at.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { answeredShown } from '../moving/answered-shown.ts';
import { mendingBlocks } from '../moving/mending.ts';
import { partyShown } from '../moving/party.ts';
import { stepsDiff, stepsTable } from '../moving/steps-shown.ts';
import { displacedShown, factsBlock } from '../moving/told-of-move.ts';
import type { Refusal } from './refusal.ts';
import { type Ended, endedAs, moveIn, type Result, type Told, ticketIn } from './result.ts';

const shown = (party: Party | undefined): Inline[] => (party ? partyShown(party) : ['no version']);

const HOW = {
  promote: 'promoted it',
  rollback: 'went back to it',
  settle: 'settled it',
  deploy: 'deployed it',
} as const;

/** What is live where something else was to be taken out. */
function unchanged({ was, live }: Extract<Result, { is: 'unchanged' }>): Inline[] {
  if (was === undefined) return [': ', ...shown(live), ' is live'];
  return [': ', ...shown(was), ' is not live any more, ', ...shown(live), ' is'];
}

/** The outcome in one sentence. */
export function headline(told: Told): Inline[] {
  const { place, result } = told;
  const where: Inline[] = [
    code(quotable(place.model)),
    ' in ',
    code(quotable(place.environment.name)),
  ];
  const move = moveIn(result);
  const between = [...shown(move?.from), ' to ', ...shown(move?.to)];
  switch (endedAs(result)) {
    case 'rolled-back':
      return [...where, ' went back from ', ...between];
    case 'planned':
      return [...where, ' would go back from ', ...between];
    case 'unchanged':
      return [...where, ' stays as it is', ...(result.is === 'unchanged' ? unchanged(result) : [])];
    case 'refused':
      return [...where, ' is not rolled back: ', result.is === 'refused' ? result.says : ''];
    case 'put-back':
      return [
        ...where,
        ' stays at ',
        ...shown(move?.from),
        ': it could not go back to ',
        ...shown(move?.to),
      ];
    case 'stopped':
      return [...where, ' was stopped half-way from ', ...between];
  }
}

const MARKS: Record<Ended, Mark> = {
  'rolled-back': 'pass',
  unchanged: 'pass',
  planned: 'pass',
  refused: 'fail',
  'put-back': 'error',
  stopped: 'error',
};

/** Who made what is live what it is. */
function whoMoved({ result }: Told): Block[] {
  const ticket = result.is === 'unchanged' ? result.ticket : undefined;
  const move = ticket && moveOf(ticket);
  if (ticket === undefined || move === undefined) return [];
  const how = ` ${HOW[move.verb]} at ${momentText(writtenAt(ticket))}, with ticket ${quotable(ticket.number)}`;
  const why: Inline[] =
    move.reason === undefined ? ['.'] : [', because: ', code(quotable(move.reason, 300))];
  const text = [code(quotable(move.who.actor)), how, ...why];
  return [{ kind: 'paragraph', text }];
}

/** What moved, would move, or stands where. */
function steps({ place, result }: Told): Block[] {
  if (result.is === 'planned') return [stepsDiff(result.record.steps)];
  if (result.is !== 'carried-out') return [];
  const { move, end, displaced } = result;
  const items = displacedShown(displaced);
  const others: Block[] = items.length === 0 ? [] : [{ kind: 'list', items }];
  if (end.outcome !== 'done') return [...mendingBlocks(place, move, end), ...others];
  return [...(move.steps.length > 0 ? [stepsTable(move.steps)] : []), ...others];
}

/** What to do next; a command stands alone, so that it can be copied. */
const hintBlocks = ({ hint, command }: Refusal): Block[] => [
  { kind: 'paragraph', text: hint },
  ...(command === undefined ? [] : [{ kind: 'code' as const, text: command, language: 'sh' }]),
];

/** What else is to be known: of what did not move, and of what others had left. */
function remarks({ result, answered }: Told): Text[] {
  const others = answered.filter(({ ticket }) => ticket.number !== ticketIn(result));
  const own = 'remarks' in result ? result.remarks : [];
  return [...own, ...answeredShown(others)];
}

export function pageOf(told: Told): Page {
  const { place, result } = told;
  const move = moveIn(result);
  const items = remarks(told);
  return [
    { kind: 'verdict', verdict: MARKS[endedAs(result)], text: headline(told) },
    ...(result.is === 'refused' ? hintBlocks(result) : []),
    ...whoMoved(told),
    ...steps(told),
    ...(move ? [factsBlock(move, ticketIn(result), place)] : []),
    ...(items.length > 0 ? [{ kind: 'list' as const, items }] : []),
    { kind: 'paragraph', text: place.policy.said },
  ];
}
