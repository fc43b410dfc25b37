import { commandText } from '@passmuster/core/command-text.ts';
import { type Block, code, type Text } from '@passmuster/core/page.ts';
import type { End } from '@passmuster/core/promotions/carry-out.ts';
import type { Move } from '@passmuster/core/promotions/record.ts';
import { type Step, standOf } from '@passmuster/core/promotions/step.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { RegistryError } from '@passmuster/core/registry/error.ts';
import { byHand } from './by-hand.ts';
import { partyText } from './party.ts';
import type { Place } from './place.ts';
import { placeShown, valueShown } from './steps-shown.ts';

const STANDS = {
  before: 'as before',
  after: 'moved',
  foreign: 'put there by somebody else',
} as const;

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

/** Why it did not go through. */
const causeBlock = ({ cause }: End): Block[] =>
  cause === undefined
    ? []
    : [{ kind: 'paragraph', text: `${saidBy(cause)}${quotable(cause.message, 500)}` }];

const saidBy = (cause: Error): string =>
  cause instanceof RegistryError ? 'The registry said: ' : '';

type Where = Pick<Place, 'model' | 'environment'>;

const settleText = ({ model, environment: { name } }: Where): string =>
  commandText('settle', { model, environment: name, reason: '…' });

/** What to do next, in one sentence or two. */
export function nextStep(where: Where, { outcome }: Pick<End, 'outcome'>): string {
  return outcome === 'put-back'
    ? 'Everything stands as it did before. Clear what stood in the way, then run this again.'
    : `The summary says what stands where, and what puts it back; or take it as it stands with \`${settleText(where)}\`.`;
}

/** What stands where after a move that was put back or stopped, and what mends it. */
export function mendingBlocks(
  place: Pick<Place, 'model' | 'environment' | 'registry'>,
  { steps, from }: Pick<Move, 'steps' | 'from'>,
  end: End,
): Block[] {
  if (end.outcome === 'put-back') {
    return [...causeBlock(end), { kind: 'paragraph', text: nextStep(place, end) }];
  }
  const { model, registry } = place;
  const python = byHand({ model, address: registry.address }, steps, end.values);
  const ledger = from ? partyText(from) : 'no version';
  const hand: Block[] = [
    {
      kind: 'paragraph',
      text: `Either put it back to what the ledger says (${ledger}), with MLflow’s Python client:`,
    },
    { kind: 'code', language: 'python', text: python },
  ];
  const settle = python === '' ? 'Take' : 'Or clear what is half done, and take';
  return [
    ...causeBlock(end),
    standsTable(steps, end),
    { kind: 'paragraph', text: 'Nothing moves there until that is mended.' },
    ...(python === '' ? [] : hand),
    { kind: 'paragraph', text: `${settle} what stands then into the history:` },
    { kind: 'code', language: 'sh', text: settleText(place) },
  ];
}
