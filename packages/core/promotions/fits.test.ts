import { expect, test } from 'vitest';
import type { Ticket } from '../ledger/ledger.ts';
import { misfitOf } from './fits.ts';
import { type MoveRecord, moveOf } from './record.ts';
import type { Step } from './step.ts';
import { chain, ticketOf } from './tickets.fixture.ts';

const SEALED = chain('promote ? > 1 done', 'promote 1 > 2 done', 'promote 2 > 3 put-back');

const STEPS: readonly Step[] = [
  { kind: 'left', place: '4', before: 'Staging', after: 'Production' },
  { kind: 'stage', place: 'Production', before: '2', after: '4' },
  { kind: 'alias', place: 'champion', before: '2', after: '4' },
];

const SOUND: Partial<MoveRecord> = {
  from: { number: '2', ticket: '2' },
  to: { number: '4' },
  has: { alias: 'champion', stage: 'Production' },
  steps: STEPS,
};

const last = { number: '3', digest: 'sha256:3' };

function misfit(change: Partial<MoveRecord>, more: Partial<Ticket> = {}, sealed = SEALED) {
  const ticket = { ...ticketOf('4', { ...SOUND, ...change }), previous: last, ...more };
  const move = moveOf(ticket);
  if (move === undefined) throw new Error('it has a record');
  return misfitOf(ticket, move, sealed);
}

test('one of ours fits, also as the first of its chain', () => {
  expect(misfit({})).toBeUndefined();
  const { from: _, ...first } = SOUND;
  const ticket = ticketOf('1', first);
  expect(misfitOf(ticket, moveOf(ticket) ?? expect.fail(), [])).toBeUndefined();
});

const odd = (step: Partial<Step>) => ({
  steps: [{ kind: 'alias', place: 'champion', before: '2', after: '4', ...step }],
});

test.each<[string, Partial<MoveRecord>, Partial<Ticket>, RegExp]>([
  ['another ticket before it', {}, { previous: { number: '2', digest: 'sha256:2' } }, /ticket 3/],
  ['another digest', {}, { previous: { number: '3', digest: 'sha256:x' } }, /stand on ticket 3/],
  ['no ticket before it', {}, { previous: undefined as never }, /stand on ticket 3/],
  ['a beginning elsewhere', { from: { number: '1' } }, {}, /begins at number 1, .* has 2/],
  ['another holder', {}, { holder: { actor: 'eve' } }, /whoever holds it is not/],
  ['a foreign alias', odd({ place: 'latest' }), {}, /the alias latest/],
  ['another version in the alias', odd({ after: '3' }), {}, /the alias champion/],
  ['a foreign stage', odd({ kind: 'stage', place: 'Staging' }), {}, /the stage Staging/],
  ['another version that leaves', odd({ kind: 'left', place: '9' }), {}, /the left 9/],
  ['nothing that it may change', { has: {} }, {}, /the left 4/],
])('one with %s is made up', (_, change, more, says) => {
  expect(misfit(change, more)).toMatch(says);
});
