import { expect, test } from 'vitest';
import type { Emptied } from '../environments/standing.ts';
import type { Content, Ticket, TicketOutcome } from '../ledger/ledger.ts';
import type { Marks } from './marks.ts';
import { arrivalOf, differences, lateWriteIn, overridesOf, readable } from './summary.ts';

interface Given {
  readonly outcome?: TicketOutcome;
  readonly claimedBy?: string;
  readonly result?: Content;
  readonly record: Content;
}

const taken = Date.parse('2026-11-28T14:00:00Z');

const chain = (...all: readonly Given[]): Ticket[] =>
  all.map(({ outcome = 'done', result = {}, ...more }, at) => ({
    number: String(at + 1),
    queue: 'moves',
    environment: 'production',
    intent: '',
    marks: new Map(),
    holder: { actor: 'alice' },
    lease: 1,
    taken,
    outcome,
    result,
    digest: 'x',
    ...more,
  }));

const to = (number: string, more: Content = {}): Content => ({
  verb: 'promote',
  to: { number },
  steps: [],
  ...more,
});

const alias = (before: string, after: string, place = 'champion') => ({
  steps: [{ kind: 'alias', place, before, after }],
});

const entriesOf = (...all: readonly Given[]) => readable(chain(...all)).entries;

test.each([
  ['2026-11-28T14:05:00.000Z', '2026-11-28T14:05:00.000Z'],
  ['2026-11-28T13:00:00.000Z', '2026-11-28T14:00:00.000Z'],
  ['yesterday', '2026-11-28T14:00:00.000Z'],
])('a move that says it was recorded at %s happened at %s', (at, expected) => {
  const [entry] = entriesOf({ record: to('1', { at }) });
  expect(new Date(entry?.at ?? 0).toISOString()).toBe(expected);
});

test('what cannot be read is a problem, and only the last of a chain keeps all unknown', () => {
  const bad = { record: to('2', { verb: 'teleport' }) };
  const first = readable(chain(bad, { record: to('1') }));
  expect(first).toMatchObject({
    isWhole: true,
    problems: [{}],
    entries: [{ ticket: { number: '2' } }],
  });
  expect(readable(chain({ record: to('1') }, bad)).isWhole).toBe(false);
  expect(readable([]).isWhole).toBe(true);
});

test('how a version came to be there', () => {
  const found = {
    outcome: 'put-back' as const,
    record: to('2', { from: { number: '1', found: true } }),
  };
  expect(arrivalOf(entriesOf(found), '1')).toEqual({ how: 'found', at: taken });
  const promoted = entriesOf(found, { record: to('2', { from: { number: '1', found: true } }) });
  expect(arrivalOf(promoted, '2')).toMatchObject({
    how: 'promoted',
    entry: { ticket: { number: '2' } },
  });
  expect(arrivalOf(promoted, '1')).toBeUndefined();
  const emptied = { outcome: 'settled' as const, record: { verb: 'settle', steps: [] } };
  expect(arrivalOf(entriesOf({ record: to('1') }, emptied), undefined)).toMatchObject({
    how: 'settled',
    entry: { ticket: { number: '2' } },
  });
});

test('only moves that took place with that version count as overridden', () => {
  const override = { reason: 'now', passed: [] };
  const entries = entriesOf(
    { record: to('1', { override }) },
    { record: to('2', { override }) },
    { outcome: 'put-back', record: to('1', { override }) },
    { record: to('1') },
  );
  expect(overridesOf(entries, '1').map(({ ticket }) => ticket.number)).toEqual(['1']);
});

const marks = (at: string | undefined, ...inProduction: readonly string[]): Marks => ({
  aliases: new Map(at === undefined ? [] : [['champion', at]]),
  versions: inProduction.map((number) => ({
    model: 'm',
    number,
    created: 0,
    updated: 0,
    stage: 'Production',
    description: '',
    source: '',
    runId: '',
    status: '',
    statusMessage: '',
    tags: new Map(),
    more: {},
  })),
});

const BOTH = { alias: 'champion', stage: 'Production' } as const;

const NEITHER = { alias: false, stage: false };

test.each<[string, Marks, boolean, readonly string[], Partial<Emptied>?]>([
  ['both there', marks('1', '1'), true, []],
  ['a version has gone on to another stage', marks('1'), true, []],
  ['a version was taken out of its stage', marks('1'), true, ['stage '], { stage: true }],
  ['another alias', marks('2', '1'), true, ['alias 2']],
  ['no alias', marks(undefined, '1'), true, ['alias '], { alias: true }],
  ['an alias that was never set', marks(undefined, '1'), true, []],
  ['others in the stage', marks('1', '1', '3'), true, ['stage 1 3']],
  ['both elsewhere', marks('2', '2'), true, ['alias 2', 'stage 2']],
  [
    'an empty stage, where there are no aliases',
    marks(undefined),
    false,
    ['stage '],
    { stage: true },
  ],
])('%s', (_, now, hasAliases, expected, emptied = {}) => {
  const found = differences(BOTH, now, '1', hasAliases, { ...NEITHER, ...emptied });
  expect(found.map((one) => `${one.kind} ${one.found}`)).toEqual(expected);
});

const AT = { kind: 'alias', place: 'champion', expected: '1', found: '2' } as const;
const move = { record: to('2', alias('1', '2')) };

test.each<[string, readonly Given[], string | undefined]>([
  ['was put back', [{ ...move, outcome: 'put-back' }], '1'],
  ['was answered for', [{ ...move, claimedBy: '9' }], '1'],
  ['took place by itself', [move], undefined],
  ['wrote something else', [{ outcome: 'put-back', record: to('3', alias('1', '3')) }], undefined],
  ['was before the last', [{ ...move, outcome: 'put-back' }, { record: to('1') }], '1'],
  [
    'was long ago',
    [{ ...move, outcome: 'put-back' }, { record: to('1') }, { record: to('1') }],
    undefined,
  ],
])('a move that %s may have written late: %#', (_, given, expected) => {
  expect(lateWriteIn(entriesOf(...given), [AT])?.ticket.number).toBe(expected);
});
