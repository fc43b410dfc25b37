import { describe, expect, test } from 'vitest';
import type { Ticket, TicketOutcome, Whole } from '../ledger/ledger.ts';
import { goodBefore, hasGoneOn, hasHad, recordedBy, rolledBackFrom, spellsOf } from './live.ts';
import type { MoveRecord } from './record.ts';
import { chain, ticketOf } from './tickets.fixture.ts';

describe('what the ledger says of an environment', () => {
  const marked = { alias: 'champion' };

  test.each([
    ['promote ? > 1 done', { party: { number: '1' }, ticket: '1', found: false }],
    ['rollback 2 > 1 done', { party: { number: '1' }, ticket: '1', found: false }],
    ['settle 2 > 1 settled', { party: { number: '1' }, ticket: '1', found: false }],
    ['settle 2 > ? settled', { ticket: '1', found: false }],
    ['promote 1 > 2 put-back', { party: { number: '1' }, ticket: '99', found: false, marked }],
    ['promote 1 > 2 stopped', { party: { number: '1' }, ticket: '99', found: false, marked }],
    ['promote 1 > 2 canary', { party: { number: '1' }, ticket: '99', found: false, marked }],
    ['promote 1! > 2 put-back', { party: { number: '1' }, found: true, marked }],
    ['promote 1! > 2 done', { party: { number: '2' }, ticket: '1', found: false, marked }],
    ['promote ? > 2 put-back', { found: false }],
    ['rollback 2 > 1 stopped', { party: { number: '2' }, ticket: '99', found: false }],
  ])('%s', (move, recorded) => {
    expect(recordedBy(chain(move)[0])).toEqual(recorded);
  });

  test('nothing, where there is no record', () => {
    expect(recordedBy(undefined)).toBeUndefined();
    expect(recordedBy(ticketOf('1', undefined, 'done'))).toBeUndefined();
  });

  const alias = { kind: 'alias', place: 'champion', before: '1', after: '2' };
  const stage = { kind: 'stage', place: 'Production', before: '1', after: '2' };
  const BOTH = { alias: 'champion', stage: 'Production' } as const;
  const ONWARD = { from: { number: '1', ticket: '9' }, to: { number: '2' } };
  const AGAIN = { from: { number: '2', ticket: '9' }, to: { number: '2' } };

  test.each<[string, Partial<MoveRecord>, TicketOutcome, object]>([
    ['what its steps have set', { ...ONWARD, steps: [alias, stage] }, 'done', BOTH],
    ['the stage emptied', { ...ONWARD, steps: [{ ...stage, after: '' }, alias] }, 'done', marked],
    ['what it says itself', { ...AGAIN, steps: [alias], marked: BOTH }, 'done', BOTH],
    ['what it says was not there', { ...ONWARD, steps: [alias], marked }, 'done', marked],
    ['what was there before', { ...ONWARD, steps: [alias, stage], marked: BOTH }, 'put-back', BOTH],
    [
      'not what was empty before',
      { ...ONWARD, steps: [alias, { ...stage, before: '' }], marked: BOTH },
      'put-back',
      marked,
    ],
    [
      'what it was to leave alone',
      { ...AGAIN, steps: [{ ...alias, before: '' }], marked: BOTH },
      'put-back',
      { stage: 'Production' },
    ],
    [
      'not what it found full of another',
      { ...ONWARD, steps: [alias], marked: BOTH },
      'stopped',
      marked,
    ],
  ])('which of alias and stage said so: %s', (_, move, outcome, expected) => {
    expect(recordedBy(ticketOf('1', move, outcome))?.marked).toEqual(expected);
  });

  test('whoever is still under way has moved nothing yet', () => {
    const open = ticketOf('1', { from: { number: '1' }, to: { number: '2' } });
    expect(recordedBy(open)).toMatchObject({ party: { number: '1' } });
  });
});

const FOUR = [
  'promote ? > 1 done',
  'promote 1 > 2 done',
  'promote 2 > 3 put-back',
  'promote 2 > 4 done',
];

describe('what it had one after the other', () => {
  const told = (moves: readonly string[]): string[] =>
    spellsOf(chain(...moves)).map(
      ({ party, how, ticket, since }) => `${party.number} ${how} ${ticket?.number ?? '-'} ${since}`,
    );

  test.each([
    ['nothing', [], []],
    ['promotions', FOUR, ['1 promoted 1 1000', '2 promoted 2 2000', '4 promoted 4 4000']],
    [
      'a rollback',
      ['promote ? > 1 done', 'promote 1 > 2 done', 'rollback 2 > 1 done'],
      ['1 promoted 1 1000', '2 promoted 2 2000', '1 rolled back 3 3000'],
    ],
    [
      'what was found comes first',
      ['promote 7! > 8 done'],
      ['7 found - 1000', '8 promoted 1 1000'],
    ],
    [
      'even when the move was put back',
      ['promote 7! > 8 put-back', 'promote 7! > 9 done'],
      ['7 found - 1000', '9 promoted 2 2000'],
    ],
    ['sealed where it was found', ['promote 7! > 7 done'], ['7 promoted 1 1000']],
    [
      'settled',
      ['promote ? > 1 done', 'settle 1 > 3 settled'],
      ['1 promoted 1 1000', '3 settled 2 2000'],
    ],
    [
      'settled with nobody there',
      ['promote ? > 1 done', 'settle 1 > ? settled', 'promote ? > 2 done'],
      ['1 promoted 1 1000', '2 promoted 3 3000'],
    ],
    ['stopped', ['promote ? > 1 done', 'promote 1 > 2 stopped'], ['1 promoted 1 1000']],
  ])('%s', (_, moves, spells) => {
    expect(told(moves)).toEqual(spells);
  });

  test('since its record was written, for its ticket may have waited', () => {
    const from = { number: '7', found: true } as const;
    const move = { from, to: { number: '8' }, at: '1970-01-01T00:01:00.000Z' };
    const spells = spellsOf([ticketOf('1', move, 'done')]);
    expect(spells.map(({ since }) => since)).toEqual([60_000, 60_000]);
  });

  test('tickets without a record had nothing', () => {
    expect(spellsOf([ticketOf('1', undefined, 'done')])).toEqual([]);
  });
});

describe('where a rollback may lead', () => {
  test.each([
    [FOUR, '4', ['2', '1']],
    [FOUR, '2', ['1']],
    [FOUR, '1', []],
    [FOUR, undefined, ['4', '2', '1']],
    [[...FOUR, 'rollback 4 > 2 done'], '2', ['1']],
    [[...FOUR, 'rollback 4 > 2 stopped'], '4', ['2', '1']],
    [[...FOUR, 'rollback 4 > 2 put-back'], '4', ['2', '1']],
    [[...FOUR, 'rollback 4 > 2 done', 'rollback 2 > 1 done'], '1', []],
    [[...FOUR, 'rollback 4 > 2 done', 'promote 2 > 5 done'], '5', ['2', '1']],
    // Never rolled back from: having been promoted again does not make up for it.
    [[...FOUR, 'rollback 4 > 2 done', 'promote 2 > 4 done', 'promote 4 > 5 done'], '5', ['2', '1']],
    [['promote 7! > 8 done'], '8', ['7']],
    [['promote 7! > 8 put-back', 'promote 7! > 9 done'], '9', ['7']],
    [['promote ? > 1 done', 'settle 1 > 3 settled'], '3', ['1']],
    [[], '1', []],
  ])('%j, %s is there', (moves, now, good) => {
    expect(goodBefore(chain(...moves), now).map(({ number }) => number)).toEqual(good);
  });
});

describe('rolled back from', () => {
  test.each([
    [FOUR, []],
    [[...FOUR, 'rollback 4 > 2 done'], ['4']],
    [[...FOUR, 'rollback 4 > 2 put-back'], []],
    [[...FOUR, 'rollback 4 > 2 done', 'promote 2 > 4 put-back'], ['4']],
    [[...FOUR, 'rollback 4 > 2 done', 'promote 2 > 4 done'], []],
    [[...FOUR, 'rollback 4 > 2 done', 'settle 2 > 4 settled'], []],
    [
      [...FOUR, 'rollback 4 > 2 done', 'rollback 2 > 1 done'],
      ['4', '2'],
    ],
  ])('%j', (moves, numbers) => {
    expect([...rolledBackFrom(chain(...moves))]).toEqual(numbers);
  });
});

describe('has had for good', () => {
  test.each([
    [FOUR, '2', true],
    [FOUR, '3', false],
    [FOUR, '9', false],
    [[...FOUR, 'rollback 4 > 2 done'], '4', false],
    [[...FOUR, 'rollback 4 > 2 done', 'promote 2 > 4 done'], '4', true],
    [['promote 7! > 8 done'], '7', false],
    [['promote 7! > 7 done'], '7', true],
    [['settle ? > 7 settled'], '7', true],
  ])('%j: %s, %s', (moves, number, had) => {
    expect(hasHad(chain(...moves), number)).toBe(had);
  });
});

describe('gone on from its stage, by a move on record', () => {
  const left = { kind: 'left', place: '2', before: 'Staging', after: 'Production' };
  const move = { from: { number: '1' }, to: { number: '2' }, steps: [left] };
  const wholeOf = (...sealed: Ticket[]): Whole => ({
    open: [],
    newest: 0,
    mark: '',
    environments: ['production'],
    history: () => ({ sealed, problems: [] }),
  });
  const recorded = { party: { number: '2' }, ticket: '3', found: false };

  test.each([
    ['a promotion since', ticketOf('5', move, 'done'), true],
    ['one before', ticketOf('2', move, 'done'), false],
    ['one that was put back', ticketOf('5', move, 'put-back'), false],
    ['one that has stopped halfway', ticketOf('5', move, 'stopped'), true],
    [
      'another version',
      ticketOf('5', { ...move, steps: [{ ...left, place: '9' }] }, 'done'),
      false,
    ],
    [
      'another stage',
      ticketOf('5', { ...move, steps: [{ ...left, before: 'None' }] }, 'done'),
      false,
    ],
    ['an alias', ticketOf('5', { ...move, steps: [{ ...left, kind: 'alias' }] }, 'done'), false],
  ])('%s', (_, ticket, expected) => {
    expect(hasGoneOn(wholeOf(ticket), recorded, 'Staging')).toBe(expected);
  });

  test('one that is under way', () => {
    const open = ticketOf('5', move);
    expect(hasGoneOn({ ...wholeOf(), open: [open] }, recorded, 'Staging')).toBe(true);
    const naming: Ticket = { ...open, queue: 'names' };
    expect(hasGoneOn({ ...wholeOf(), open: [naming] }, recorded, 'Staging')).toBe(false);
  });
});
