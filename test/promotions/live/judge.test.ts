import type { Ticket, TicketOutcome } from '@passmuster/core/ledger/ledger.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import { expect, test } from 'vitest';
import { endProblems, type Ran } from './ends.ts';
import { restProblems } from './judge.ts';
import type { State } from './scene.ts';

interface Moved {
  readonly number: string;
  readonly who: string;
  readonly from?: { readonly number: string; readonly ticket: string };
  readonly to: string;
  readonly outcome?: TicketOutcome;
}

const ticket = ({ number, who, from, to, outcome = 'done' }: Moved): Ticket => ({
  ...{ number, queue: 'moves', environment: 'production', intent: '', marks: new Map() },
  ...{ holder: { actor: who }, lease: 1, taken: 0, outcome },
  record: { verb: 'promote', id: number, who: { actor: who }, from, to: { number: to }, steps: [] },
});

const version = (number: string, stage: string): ModelVersion =>
  ({ number, stage }) as ModelVersion;

const FIRST = ticket({ number: '1', who: 'ada', to: '1' });
const WON: Moved = { number: '2', who: 'ada', from: { number: '1', ticket: '1' }, to: '2' };

const state = (
  production: readonly Ticket[],
  live = '2',
  stages: readonly string[] = ['Archived', 'Production', 'None'],
): State => ({
  marks: {
    aliases: new Map([['champion', live]]),
    versions: stages.map((stage, at) => version(`${at + 1}`, stage)),
  },
  histories: { staging: [], production },
  problems: [],
  open: [],
});

const BEFORE = state([FIRST], '1', ['Production', 'None', 'None']);
const AFTER = state([FIRST, ticket(WON)]);

const ORDER = { environment: 'production' };
const ADA: Ran = {
  who: 'ada',
  order: { verb: 'promote', inputs: { ...ORDER, version: '2' } },
  told: { code: 0, outputs: { outcome: 'promoted', record: '2', from: '1', to: '2' }, says: '' },
};
const SAYS =
  'production was moved while this run waited: it had number 1, and has number 2 now by ticket 2 for "production", taken by ada at 2026-01-01 00:00:00 UTC.';
const BOB: Ran = {
  who: 'bob',
  order: { verb: 'promote', inputs: { ...ORDER, version: '3' } },
  told: { code: 3, outputs: {}, says: SAYS },
};
const EVE: Ran = {
  who: 'eve',
  order: { verb: 'rollback', inputs: { ...ORDER, from: '1' } },
  told: { code: 0, outputs: { outcome: 'unchanged', record: '2', to: '2' }, says: '' },
};

test('one winner whom the others name, and one version live', () => {
  expect(restProblems(AFTER)).toEqual([]);
  expect(endProblems([ADA, BOB, EVE], BEFORE, AFTER)).toEqual([]);
});

test.each<[string, State, RegExp]>([
  ['another in the stage', state(AFTER.histories.production, '2', ['Production']), /stage 1/],
  ['two in the stage', state(AFTER.histories.production, '2', ['Production', 'Production']), /1 2/],
  [
    'nobody in the stage',
    state(AFTER.histories.production, '2', ['None', 'None']),
    /in the stage $/,
  ],
  ['the alias elsewhere', state(AFTER.histories.production, '1'), /by the alias 1/],
  ['a move that was lost', state([FIRST]), /by the ledger 1, by the alias 2/],
  [
    'two that began at one place',
    state([FIRST, ticket({ ...WON, number: '3', to: '3' }), ticket(WON)]),
    /ticket 2 begins with 1 by 1, where 3 by 3 was/,
  ],
  ['one put back, and there', state([FIRST, ticket({ ...WON, outcome: 'put-back' })]), /ledger 1/],
  ['a broken chain', { ...AFTER, problems: ['a gap'] }, /a gap/],
  ['one that has not ended', { ...AFTER, open: [ticket(WON)] }, /ticket 2 is still open/],
])('%s: found out', (_, lie, problem) => {
  expect(restProblems(lie).join('\n')).toMatch(problem);
});

const told = (ran: Ran, change: Partial<Ran['told']>): Ran => ({
  ...ran,
  told: { ...ran.told, ...change },
});

test.each<[string, readonly Ran[], RegExp]>([
  ['who won was told otherwise', [told(ADA, { code: 3 }), BOB, EVE], /ada ended promote/],
  ['two were told that they won', [ADA, { ...ADA, who: 'bob' }], /bob ended promote/],
  ['a loser names nobody', [ADA, told(BOB, { says: 'no' }), EVE], /bob ended promote/],
  ['a loser names itself', [ADA, { ...BOB, who: 'ada' }], /ada ended promote/],
  [
    'a loser names another version',
    [ADA, told(BOB, { says: SAYS.replace('2 now', '3 now') })],
    /bob/,
  ],
  ['a loser ends as if all were well', [ADA, told(BOB, { code: 0 })], /bob ended promote/],
  [
    'a rollback is told of an old ticket',
    [ADA, told(EVE, { outputs: { ...EVE.told.outputs, record: '1' } })],
    /eve/,
  ],
  [
    'a rollback finds what it was to take out',
    [ADA, told(EVE, { outputs: { ...EVE.told.outputs, to: '1' } })],
    /eve/,
  ],
  ['nobody was told of a ticket', [BOB, EVE], /0 were told that they moved it, and 1 tickets/],
])('%s: found out', (_, lie, problem) => {
  expect(endProblems(lie, BEFORE, AFTER).join('\n')).toMatch(problem);
});
