import { describe, expect, test } from 'vitest';
import { PassmusterError } from '../errors.ts';
import type { Content } from '../ledger/ledger.ts';
import { parseStrictJson } from '../strict-json.ts';
import { contentOf, type MoveRecord, moveOf } from './record.ts';
import { RECORD, ticketOf } from './tickets.fixture.ts';

const FULL: MoveRecord = {
  ...RECORD,
  from: { number: '1', version: 'v1.0.0', digest: 'sha256:1', ticket: '3' },
  to: { number: '2', version: 'v1.1.0', digest: 'sha256:2' },
  who: { actor: 'alice', started_by: 'bob', run: 'https://run', repository: 'acme/models' },
  reason: 'because',
  verdict: 'pass',
  override: { reason: 'it burns', passed: ['freeze'] },
  accepted: [{ message: 'something was wrong', mark: 'sha256:5' }, { message: 'and more' }],
  lost: [{ number: '4', digest: 'sha256:4' }],
};

/** As the ledger gives it back. */
const read = (record: unknown): Content =>
  parseStrictJson(JSON.stringify(record), 'record') as Content;

const ticketWith = (record: unknown) => ({ ...ticketOf('5', undefined), record: read(record) });

test('a record is read as it was written, as far as others act by it', () => {
  const { verb, id, from, to, steps, who, reason, verdict, override, accepted, lost } = FULL;
  expect(moveOf(ticketWith(contentOf(FULL)))).toEqual({
    ...{ verb, id, from, to, steps, who, reason, verdict, override, accepted, lost },
  });
});

test('what it does not say is absent', () => {
  const { verb, id, steps, who } = RECORD;
  const to = { number: '2' };
  const move = moveOf(ticketWith({ ...RECORD, to }));
  expect(move).toEqual({ verb, id, steps, who, to, accepted: [], lost: [] });
  expect(moveOf(ticketOf('1', undefined))).toBeUndefined();
});

test('what was accepted by its words alone is read, too', () => {
  const accepted = ['a gap', { message: 'an edit', mark: 'sha256:1' }, { mark: 'x' }, 7];
  expect(moveOf(ticketWith({ ...FULL, accepted }))?.accepted).toEqual([
    { message: 'a gap' },
    { message: 'an edit', mark: 'sha256:1' },
  ]);
});

test('one that was found has no ticket', () => {
  const from = { number: '1', found: true };
  expect(moveOf(ticketWith({ ...FULL, from }))?.from).toEqual({ number: '1', found: true });
});

test('only `settle` may leave an environment with nobody', () => {
  expect(moveOf(ticketWith({ ...RECORD, verb: 'settle', steps: [] }))?.to).toBeUndefined();
});

describe('what cannot be acted by is a conflict', () => {
  test.each([
    [{ ...FULL, verb: 'transmute' }, /its verb is "transmute"/],
    [{ ...FULL, verb: undefined }, /its verb is undefined/],
    [{ ...FULL, verb: {} }, /its verb is a map/],
    [{ ...FULL, verb: ['promote'] }, /its verb is a list/],
    [{ ...FULL, verb: '\u202epromote' }, /its verb is "\\u\{202e\}promote/],
    [{ ...FULL, steps: undefined }, /one of its steps/],
    [{ ...FULL, steps: {} }, /one of its steps/],
    [{ ...FULL, steps: [{ kind: 'alias' }] }, /one of its steps/],
    [{ ...FULL, steps: [...FULL.steps, null] }, /one of its steps/],
    [{ ...FULL, to: undefined }, /names no version/],
    [{ ...FULL, to: { number: 2 } }, /names no version/],
    [{ ...FULL, verb: 'rollback', to: 'v1' }, /names no version/],
    [{}, /its verb is/],
  ])('%j', (record, says) => {
    const reading = () => moveOf(ticketWith(record));
    expect(reading).toThrow(PassmusterError);
    expect(reading).toThrow(says);
    expect(reading).toThrow(/Ticket 5 has a record of a move that cannot be read/);
  });
});

test('what is only told is taken as far as it is text', () => {
  const odd = {
    ...FULL,
    from: { number: 1 },
    who: ['alice'],
    reason: 7,
    verdict: 'splendid',
    override: { reason: [], passed: ['freeze', 3] },
    accepted: 'all',
    lost: [{ number: 4 }, null, { number: '5', digest: 'sha256:5', more: 1 }],
  };
  expect(moveOf(ticketWith(odd))).toEqual({
    verb: 'promote',
    id: FULL.id,
    to: FULL.to,
    steps: FULL.steps,
    who: { actor: 'somebody' },
    override: { reason: '', passed: ['freeze'] },
    accepted: [],
    lost: [{ number: '5', digest: 'sha256:5' }],
  });
});
