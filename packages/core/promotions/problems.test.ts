import { expect, test } from 'vitest';
import type { History, Ticket, Whole } from '../ledger/ledger.ts';
import { unsettled } from './problems.ts';
import type { Accepted } from './record.ts';
import { ticketOf } from './tickets.fixture.ts';

const GAP = { message: 'Version 3 of the ledger is gone.' };
const EDIT = { message: 'Ticket 4 was changed.', mark: 'sha256:1' };

const wholeOf = (chains: Readonly<Record<string, readonly Ticket[]>>): Whole => ({
  open: [],
  newest: 0,
  mark: '',
  environments: Object.keys(chains),
  history: (chain) => ({
    sealed: chain === 'names' ? [] : (chains[chain.environment] ?? []),
    problems: [],
  }),
});

const settled = (accepted: readonly (string | Accepted)[]) =>
  ticketOf('5', { verb: 'settle', steps: [], accepted: accepted as Accepted[] }, 'settled');

const history: History = { sealed: [], problems: [GAP, EDIT] };

test.each([
  ['nobody has settled anything', { production: [] }, [GAP, EDIT]],
  ['one of two was accepted', { production: [settled([GAP.message])] }, [EDIT]],
  ['in another environment', { production: [], staging: [settled([GAP.message])] }, [EDIT]],
  ['one after the other', { a: [settled([GAP.message])], b: [settled([EDIT.message])] }, []],
  ['with what was found', { a: [settled([GAP, EDIT])] }, []],
  ['of something else', { a: [settled([GAP, { ...EDIT, mark: 'sha256:2' }])] }, [EDIT]],
  ['not quite the same', { production: [settled([`${GAP.message} `])] }, [GAP, EDIT]],
  [
    'accepted by one that was put back',
    { production: [{ ...settled([GAP.message]), outcome: 'put-back' as const }] },
    [GAP, EDIT],
  ],
])('%s', (_, chains, problems) => {
  expect(unsettled(wholeOf(chains), history)).toEqual(problems);
});

test('a history without problems asks nobody', () => {
  const whole = wholeOf({});
  const asked: Whole = {
    ...whole,
    get environments(): readonly string[] {
      throw new Error('asked');
    },
  };
  expect(unsettled(asked, { sealed: [], problems: [] })).toEqual([]);
});
