import { expect, test } from 'vitest';
import type { TicketOutcome } from '../ledger.ts';
import type { AnswerEntry, ClaimEntry, Entry, TicketEntry } from './entries.ts';
import { answererOf, openIn, outcomeOf, readEntries, standing } from './view.ts';

const ticket = (number: number, more: Partial<TicketEntry> = {}): TicketEntry => ({
  kind: 'ticket',
  number,
  queue: 'moves',
  nonce: `nonce ${number}`,
  lease: 120_000,
  recorded: false,
  ...more,
});
const claim = (number: number, by: number, ...of: number[]): ClaimEntry => ({
  kind: 'claim',
  number,
  queue: 'moves',
  by,
  of,
});
const answer = (number: number, by: number, of: number, outcome: TicketOutcome): AnswerEntry => ({
  kind: 'answer',
  number,
  queue: 'moves',
  by,
  of,
  outcome,
});

interface Case {
  readonly is: string;
  readonly entries: readonly Entry[];
  readonly open: readonly number[];
  readonly outcomes: Readonly<Record<number, TicketOutcome | undefined>>;
  readonly answerers?: Readonly<Record<number, number>>;
}

const cases: readonly Case[] = [
  { is: 'nothing', entries: [], open: [], outcomes: { 1: undefined } },
  {
    is: 'its own end counts while it was never claimed',
    entries: [ticket(1, { end: 'done' }), ticket(2)],
    open: [2],
    outcomes: { 1: 'done', 2: undefined },
  },
  {
    is: 'once claimed it has no outcome, whatever it said',
    entries: [ticket(1, { end: 'done' }), ticket(2), claim(3, 2, 1)],
    open: [1, 2],
    outcomes: { 1: undefined },
    answerers: { 1: 2, 2: 2 },
  },
  {
    is: 'only the answer counts then',
    entries: [ticket(1, { end: 'done' }), ticket(2), claim(3, 2, 1), answer(4, 2, 1, 'put-back')],
    open: [2],
    outcomes: { 1: 'put-back' },
  },
  {
    is: 'the first answer counts',
    entries: [
      ticket(1),
      ticket(2),
      claim(3, 2, 1),
      answer(4, 2, 1, 'void'),
      answer(5, 2, 1, 'done'),
    ],
    open: [2],
    outcomes: { 1: 'void' },
  },
  {
    is: 'an answer before the claim is none',
    entries: [ticket(1), ticket(2), answer(3, 2, 1, 'void'), claim(4, 2, 1)],
    open: [1, 2],
    outcomes: { 1: undefined },
  },
  {
    is: 'a claimer that is claimed hands over what it had taken on',
    entries: [ticket(1), ticket(2), ticket(3), claim(4, 2, 1), claim(5, 3, 2)],
    open: [1, 2, 3],
    outcomes: {},
    answerers: { 1: 3, 2: 3, 3: 3 },
  },
  {
    is: 'the answer of one that was claimed by then is none',
    entries: [
      ticket(1),
      ticket(2),
      ticket(3),
      claim(4, 2, 1),
      claim(5, 3, 1, 2),
      answer(6, 2, 1, 'done'),
      answer(7, 3, 1, 'put-back'),
    ],
    open: [2, 3],
    outcomes: { 1: 'put-back', 2: undefined },
  },
  {
    is: 'an answer stands although its author is claimed later',
    entries: [
      ticket(1),
      ticket(2),
      ticket(3),
      claim(4, 2, 1),
      answer(5, 2, 1, 'done'),
      claim(6, 3, 2),
      answer(7, 3, 1, 'void'),
    ],
    open: [2, 3],
    outcomes: { 1: 'done' },
  },
  {
    is: 'the claim of one that was claimed by then is none',
    entries: [ticket(1), ticket(2), ticket(3), claim(4, 3, 1, 2), claim(5, 2, 1)],
    open: [1, 2, 3],
    outcomes: {},
    answerers: { 1: 3, 2: 3 },
  },
  {
    is: 'a repeated claim and a repeated answer change nothing',
    entries: [
      ticket(1),
      ticket(2),
      claim(3, 2, 1),
      claim(4, 2, 1),
      answer(5, 2, 1, 'void'),
      answer(6, 2, 1, 'void'),
      claim(7, 2, 1),
    ],
    open: [2],
    outcomes: { 1: 'void' },
    answerers: { 1: 2, 2: 2 },
  },
  {
    is: 'of two creations the lower counts',
    entries: [ticket(4, { nonce: 'same' }), ticket(2, { nonce: 'same' })],
    open: [2],
    outcomes: { 4: 'void', 2: undefined },
  },
  {
    is: 'a claimed ticket that was not read has no outcome all the same',
    entries: [ticket(2), claim(3, 2, 1)],
    open: [1, 2],
    outcomes: { 1: undefined },
  },
];

test.each(cases)('$is', ({ entries, open, outcomes, answerers = {} }) => {
  const mixed = [...entries].reverse();
  const view = readEntries(mixed);
  expect(openIn(view, 'moves')).toEqual(open);
  expect(openIn(view, 'names')).toEqual([]);
  for (const [number, outcome] of Object.entries(outcomes)) {
    expect(outcomeOf(view, Number(number))).toBe(outcome);
  }
  for (const [number, by] of Object.entries(answerers)) {
    expect(answererOf(view, Number(number))).toBe(by);
    const expected = Number(number) === by ? 'ours' : { claimedBy: by };
    expect(standing(Number(number), view)).toEqual(expected);
  }
});

test('the queues do not wait for each other', () => {
  const view = readEntries([ticket(1), ticket(2, { queue: 'names' })]);
  expect(openIn(view, 'moves')).toEqual([1]);
  expect(openIn(view, 'names')).toEqual([2]);
});
