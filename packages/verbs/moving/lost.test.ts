import type { Ticket, Whole } from '@passmuster/core/ledger/ledger.ts';
import { ticketOf } from '@passmuster/core/promotions/tickets.fixture.ts';
import { expect, test } from 'vitest';
import { lostIn, missingIn } from './lost.ts';

const digest = (number: string): string => `sha256:${number}`;

const named = (number: string): Ticket => ({ ...ticketOf(number, undefined), queue: 'names' });

/** Moves to staging, names, and names that are under way. */
const wholeOf = (
  moves: readonly string[],
  names: readonly string[],
  open: readonly string[] = [],
) =>
  ({
    open: open.map(named),
    mark: '',
    newest: 0,
    environments: ['staging'],
    history: (chain) => ({
      sealed:
        chain === 'names'
          ? names.map(named)
          : chain.environment === 'staging'
            ? moves.map((number) => ticketOf(number, {}, 'done'))
            : [],
      problems: [],
    }),
  }) satisfies Whole;

const moved = (number: string, environment = 'staging', of = number) => ({
  environment,
  number,
  digest: digest(of),
});
const name = (number: string) => ({ environment: '', number, digest: '' });

test.each([
  ['all of it is there', wholeOf(['1', '2'], ['3']), [moved('1'), moved('2'), name('3')], []],
  ['a name under way', wholeOf([], [], ['3']), [name('3')], []],
  ['a move', wholeOf(['1'], []), [moved('1'), moved('2')], ['2']],
  ['a move that is another by now', wholeOf(['1'], []), [moved('1', 'staging', '9')], ['1']],
  ['a move to elsewhere', wholeOf(['1'], []), [moved('1', 'production')], ['1']],
  ['a name', wholeOf(['3'], []), [name('3'), name('3')], ['3']],
])('%s', (_, whole, witnesses, missing) => {
  expect(missingIn(whole, witnesses).map(({ number }) => number)).toEqual(missing);
});

test.each([
  ['has come since', wholeOf(['1'], ['2']), []],
  ['is still not there', wholeOf(['1'], []), [name('2')]],
])('what is missing is looked for once more, and %s', async (_, now, lost) => {
  const witnesses = [moved('1'), name('2')];
  const ledger = { whole: async () => now };
  const { signal } = new AbortController();
  expect(await lostIn(ledger, wholeOf([], []), witnesses, signal)).toEqual(lost);
});
