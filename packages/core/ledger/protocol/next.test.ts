import { expect, test } from 'vitest';
import type { AnswerEntry, ClaimEntry, Entry, TicketEntry } from './entries.ts';
import { effectDeadline, isDead, type Life, renewEvery, stale } from './life.ts';
import { type Act, next } from './next.ts';
import { readEntries } from './view.ts';

const LEASE = 120_000;
const queue = 'moves' as const;

const ticket = (number: number, more: Partial<TicketEntry> = {}): TicketEntry => ({
  ...{ kind: 'ticket', number, queue, nonce: `nonce ${number}`, lease: LEASE, recorded: false },
  ...more,
});
const claim = (number: number, by: number, ...of: number[]): ClaimEntry => ({
  ...{ kind: 'claim', number, queue, by, of },
});
const answer = (number: number, by: number, of: number): AnswerEntry => ({
  ...{ kind: 'answer', number, queue, by, of, outcome: 'void' },
});

const cases: readonly [string, self: number, Entry[], dead: number[], Act][] = [
  ['alone', 1, [ticket(1)], [], { do: 'hold' }],
  ['behind one that has ended', 2, [ticket(1, { end: 'done' }), ticket(2)], [], { do: 'hold' }],
  ['behind one', 2, [ticket(1), ticket(2)], [], { do: 'wait', on: 1, ahead: 1 }],
  ['behind a dead one', 2, [ticket(1), ticket(2)], [1], { do: 'claim', of: [1] }],
  [
    'behind a dead and a live one',
    3,
    [1, 2, 3].map((n) => ticket(n)),
    [1],
    { do: 'wait', on: 2, ahead: 2 },
  ],
  ['behind two dead ones', 3, [1, 2, 3].map((n) => ticket(n)), [1, 2], { do: 'claim', of: [1, 2] }],
  ['having claimed', 2, [ticket(1), ticket(2), claim(3, 2, 1)], [1], { do: 'answer', of: 1 }],
  [
    'having answered',
    2,
    [ticket(1), ticket(2), claim(3, 2, 1), answer(4, 2, 1)],
    [1],
    { do: 'hold' },
  ],
  [
    'one answer after the other',
    3,
    [ticket(1), ticket(2), ticket(3), claim(4, 3, 1, 2), answer(5, 3, 1)],
    [1, 2],
    { do: 'answer', of: 2 },
  ],
  ['claimed', 1, [ticket(1), ticket(2), claim(3, 2, 1)], [], { do: 'stop', by: 2 }],
  [
    'behind one that was claimed by a live one',
    4,
    [ticket(1), ticket(2), ticket(4), claim(5, 2, 1)],
    [1],
    { do: 'wait', on: 2, ahead: 2 },
  ],
  [
    'behind a live one that was claimed by a dead one',
    4,
    [ticket(1), ticket(2), ticket(4), claim(5, 2, 1)],
    [2],
    { do: 'claim', of: [1, 2] },
  ],
  [
    'behind one whose claimer has ended without a word on it',
    4,
    [ticket(1), ticket(4), claim(5, 2, 1)],
    [],
    { do: 'claim', of: [1] },
  ],
  ['a higher one is none of our business', 1, [ticket(1), ticket(2)], [2], { do: 'hold' }],
];

test.each(cases)('%s', (_, self, entries, dead, act) => {
  const pulse = new Map(dead.map((number) => [number, { unchangedFor: LEASE, gone: false }]));
  expect(next(self, queue, readEntries(entries), pulse)).toEqual(act);
});

const lives: readonly [string, Life | undefined, boolean][] = [
  ['never observed', undefined, false],
  ['just changed', { unchangedFor: 0, gone: false }, false],
  ['almost a lease', { unchangedFor: LEASE - 1, gone: false }, false],
  ['a lease', { unchangedFor: LEASE, gone: false }, true],
  ['gone, just changed', { unchangedFor: 0, gone: true }, false],
  ['gone, one missed renewal', { unchangedFor: LEASE / 3 - 1, gone: true }, false],
  ['gone, two missed renewals', { unchangedFor: LEASE / 3, gone: true }, true],
];

test.each(lives)('%s', (_, life, dead) => {
  expect(isDead(ticket(1), life)).toBe(dead);
});

test.each([100, 3_000, 120_000, 3_600_000])(
  'a lease of %i ms holds what is done within it',
  (lease) => {
    expect(stale(lease) + effectDeadline(lease)).toBeLessThan(lease);
    expect(effectDeadline(lease)).toBeLessThanOrEqual(10_000);
    expect(2 * renewEvery(lease)).toBeLessThan(stale(lease));
  },
);
