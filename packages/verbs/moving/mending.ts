import { commandText } from '@passmuster/core/command-text.ts';
import { momentText } from '@passmuster/core/moment.ts';
import { type Block, code, type Text } from '@passmuster/core/page.ts';
import type { End } from '@passmuster/core/promotions/carry-out.ts';
import type { Strange } from '@passmuster/core/promotions/next.ts';
import type { Move } from '@passmuster/core/promotions/record.ts';
import { type Step, standOf } from '@passmuster/core/promotions/step.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { byKubectl } from '../traffic/by-kubectl.ts';
import { amissAfter } from '../traffic/failed-rollouts.ts';
import { byHand } from './by-hand.ts';
import { causeBlock } from './cause-shown.ts';
import { partyText } from './party.ts';
import { placeShown, valueShown } from './steps-shown.ts';

const STANDS = {
  before: 'as before',
  after: 'moved',
  foreign: 'put there by somebody else',
} as const;

/** Who has put it there, by what the place says. */
const writerText = ({ by }: Strange): string =>
  by === undefined
    ? ''
    : `\`${quotable(by.name, 253)}\` has written it last${by.at === undefined ? '' : `, at ${momentText(by.at, 'seconds')}`}`;

/** What is in the way, and who has put it there, where that is known. */
const strangersText = ({ strange }: Pick<End, 'strange'>): string =>
  strange
    .map((one): [Strange, string] => [one, writerText(one)])
    .filter(([, writer]) => writer !== '')
    .map(([{ step, value }, writer]) => {
      const place = placeShown(step);
      const says = `${place.charAt(0).toUpperCase()}${place.slice(1)} says \`${valueShown(step, value)}\``;
      return `${says} now: ${writer}. `;
    })
    .join('');

/** Where each step stands now. */
const standsTable = (steps: readonly Step[], { values }: End): Block => ({
  kind: 'table',
  columns: ['what', 'stands at', 'which is', 'before', 'wanted'],
  rows: steps.map((step, at): Text[] => {
    const value = values[at] ?? '';
    return [
      placeShown(step),
      code(valueShown(step, value)),
      STANDS[standOf(step, value)],
      code(valueShown(step, step.before)),
      code(valueShown(step, step.after)),
    ];
  }),
});

/** What it takes to name a place in a command. */
interface Where {
  readonly model: string;
  readonly environment: { readonly name: string };
}

const settleText = ({ model, environment: { name } }: Where): string =>
  commandText('settle', { model, environment: name, reason: '…' });

/** What to do next, in one sentence or two. */
export function nextStep(where: Where, end: Pick<End, 'outcome' | 'strange' | 'cause'>): string {
  if (end.outcome === 'put-back') {
    const amiss = amissAfter(end.cause);
    const stands =
      amiss === undefined
        ? 'Everything stands as it did before.'
        : `Everything says what it said before, but ${amiss}: see to that first.`;
    return `${stands} Clear what stood in the way, then run this again.`;
  }
  return `${strangersText(end)}The summary says what stands where, and what puts it back; or take it as it stands with \`${settleText(where)}\`.`;
}

function strangerBlock(end: End): Block[] {
  const text = strangersText(end).trim();
  return text === '' ? [] : [{ kind: 'paragraph', text }];
}

/** The same where no record is kept, and only the cluster has moved. */
export function causeBlocks(steps: readonly Step[], end: End): Block[] {
  const kubectl = byKubectl(steps, end.values);
  if (end.outcome === 'put-back' || kubectl === '') return causeBlock(end);
  return [
    ...causeBlock(end),
    ...strangerBlock(end),
    standsTable(steps, end),
    { kind: 'paragraph', text: 'This puts back what stood there:' },
    { kind: 'code', language: 'sh', text: kubectl },
  ];
}

/** Alias and stage hold up whoever comes next; what serves is only overwritten by somebody's word. */
const untilThen = (inRegistry: string): string =>
  inRegistry === ''
    ? 'Registry and ledger agree. Whoever deploys next writes over what stands in the cluster.'
    : 'Nothing moves there until that is mended.';

/** What stands where after a move that was put back or stopped, and what mends it. */
export function mendingBlocks(
  place: Where & { readonly registry: { readonly address: string } },
  { steps, from }: Pick<Move, 'steps' | 'from'>,
  end: End,
): Block[] {
  if (end.outcome === 'put-back') {
    return [...causeBlock(end), { kind: 'paragraph', text: nextStep(place, end) }];
  }
  const { model, registry } = place;
  const python = byHand({ model, address: registry.address }, steps, end.values);
  const kubectl = byKubectl(steps, end.values);
  const ledger = from ? partyText(from) : 'no version';
  const hand: Block[] = [
    {
      kind: 'paragraph',
      text: `Either put it back to what the ledger says (${ledger}), with MLflow’s Python client:`,
    },
    { kind: 'code', language: 'python', text: python },
  ];
  const inCluster: Block[] = [
    { kind: 'paragraph', text: 'In the cluster, this puts back what stood there:' },
    { kind: 'code', language: 'sh', text: kubectl },
  ];
  const settle = python === '' ? 'Take' : 'Or clear what is half done, and take';
  return [
    ...causeBlock(end),
    ...strangerBlock(end),
    standsTable(steps, end),
    { kind: 'paragraph', text: untilThen(python) },
    ...(python === '' ? [] : hand),
    ...(kubectl === '' ? [] : inCluster),
    { kind: 'paragraph', text: `${settle} what stands then into the history:` },
    { kind: 'code', language: 'sh', text: settleText(place) },
  ];
}
