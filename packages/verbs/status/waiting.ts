import { CONFIGMAP, isOfCluster, RESTART } from '@passmuster/core/cluster/steps.ts';
import { moment } from '@passmuster/core/moment.ts';
import type { Block, Inline, Text } from '@passmuster/core/page.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { plural } from '@passmuster/report/quantity.ts';
import { placeShown } from '../moving/steps-shown.ts';
import { isSingle, type Told, type ToldModel, type Waiting } from './told.ts';
import { goesText } from './traffic-words.ts';
import { runOf, runText, shown } from './words.ts';

/** The stage that a version leaves is told with the one that it goes to. */
const TOLD_STEPS = ['alias', 'stage', CONFIGMAP, RESTART];

const toldPlace = (step: Step): string =>
  isOfCluster(step) ? placeShown(step) : `${step.kind} ${quotable(step.place)}`;

/** How far a move has come: each place, and what stands there. */
function stepsText({ move, steps }: NonNullable<Waiting['open']>): string {
  const STANDS = { before: 'not yet', after: 'done', foreign: 'at somebody else’s value' } as const;
  const texts = steps
    .filter(({ step }) => TOLD_STEPS.includes(step.kind))
    .map(({ step, stands }) => `${toldPlace(step)} ${STANDS[stands]}`);
  if (texts.length > 0) return texts.join(', ');
  return move.steps.some(isOfCluster)
    ? 'how far it has come in the cluster was not looked at'
    : 'nothing has to change in the registry';
}

function stateText({ ticket, open }: Waiting, at: number): Inline[] {
  if (ticket.record === undefined) {
    return [
      at === 0 ? 'it is its turn, and nothing is done yet' : 'it waits, and nothing of it is done',
    ];
  }
  if (open === undefined) return ['it is being carried out, but its record cannot be read'];
  return [...goesText(open.move), `, is being carried out: ${stepsText(open)}`];
}

/** What a ticket waits for or does. */
function ticketText(waiting: Waiting, at: number): Inline[] {
  const { number, environment, holder, taken, left, record, claimedBy, marks } = waiting.ticket;
  const verb = marks.get('verb');
  return [
    `ticket ${number}, `,
    ...(verb === undefined ? [] : [shown(verb), ' ']),
    ...(environment === '' ? [] : ['for ', shown(environment), ', ']),
    'taken by ',
    shown(holder.actor),
    ` at ${moment(taken)} UTC`,
    ...runText(runOf(holder.run)),
    ': ',
    ...stateText(waiting, at),
    '.',
    ...(left === undefined ? [] : [' Its run has left it (', shown(left), ').']),
    ...(claimedBy === undefined ? [] : [` Ticket ${claimedBy} answers for it.`]),
    ...(record === undefined || claimedBy !== undefined
      ? []
      : [
          left === undefined
            ? ' If its run is gone, whoever moves this model next goes on with it or puts it back.'
            : ' Whoever moves this model next goes on with it or puts it back.',
        ]),
  ];
}

function namingText(told: Told, { model, naming: [first, ...more] }: ToldModel): Text[] {
  if (first === undefined) return [];
  const rest = more.length > 0 ? [`; ${plural(more.length, 'more waits', 'more wait')}`] : [];
  return [
    [
      ...(isSingle(told) ? [] : [shown(model), ': ']),
      `a version is being registered, ticket ${first.number}, taken by `,
      shown(first.holder.actor),
      ` at ${moment(first.taken)} UTC`,
      ...rest,
      '.',
    ],
  ];
}

/** Tickets without an end. */
export function waiting(told: Told): Block[] {
  const items = told.models.flatMap((model): Text[] => [
    ...model.waiting.map(
      (one, at): Text => [
        ...(isSingle(told) ? [] : [shown(model.model), ': ']),
        ...ticketText(one, at),
      ],
    ),
    ...namingText(told, model),
  ]);
  if (items.length === 0) return [];
  return [
    { kind: 'heading', text: 'What is under way or waits' },
    { kind: 'list', items },
  ];
}
