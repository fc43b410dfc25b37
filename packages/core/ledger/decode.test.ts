import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { PassmusterError } from '../errors.ts';
import type { ModelVersion } from '../registry/entities.ts';
import type { NewVersion } from '../registry/registry.ts';
import { visible } from '../visible.ts';
import { decode } from './decode.ts';
import { newAnswer, newClaim, newEnd, newRecord, newTicket, type Writing } from './encode.ts';
import { Bench, wording } from './ledger.fixture.ts';
import { ticketOf } from './ticket.ts';
import { readWritten, type WrittenTicket } from './written.ts';

const { host } = new Bench().member({ actor: 'eve "x" \u{1f600}' }).process;

const versionOf = (
  number: number,
  { model, source, tags }: NewVersion,
  more: Writing = [],
): ModelVersion => ({
  model,
  number: String(number),
  created: 1,
  updated: 1,
  stage: '',
  description: '',
  source,
  runId: '',
  status: 'READY',
  statusMessage: '',
  tags: new Map([...(tags ?? []), ...more]),
  more: {},
});

const request = {
  queue: 'moves' as const,
  environment: 'production',
  intent: 'i',
  marks: new Map(),
};
const created = newTicket('L', host, request, 120_000);

function ticket(number: number, more: Writing = []): WrittenTicket {
  const entry = decode(versionOf(number, created, more));
  if (entry.kind !== 'ticket') throw new Error('no ticket');
  return entry;
}

test('what is written is read as it was', () => {
  const record = `{"previous":null,"content":{"x":"${'y'.repeat(12_000)}"}}`;
  const recorded = ticket(3, newRecord(record));
  expect(recorded).toMatchObject({ number: 3, recorded: true, record, environment: 'production' });
  const end = newEnd(recorded, 'done', '{"a":1}');
  const sealed = ticket(3, [...newRecord(record), ...end]);
  expect(sealed).toMatchObject({ end: 'done', result: '{"a":1}' });
  const claim = decode(versionOf(9, newClaim('L', host, ticket(5), [3, 4])));
  expect(claim).toMatchObject({ kind: 'claim', number: 9, by: 5, of: [3, 4], queue: 'moves' });
  const answer = decode(versionOf(10, newAnswer('L', host, ticket(5), sealed, 'done', '{"a":1}')));
  expect(answer).toMatchObject({ kind: 'answer', by: 5, of: 3, outcome: 'done' });
  if (answer.kind === 'answer') expect(answer.digest).toBe(sealed.digest);
});

test('a claim may name more than one tag holds', () => {
  const of = Array.from({ length: 2_000 }, (_, index) => index + 1);
  const claim = decode(versionOf(9_001, newClaim('L', host, ticket(9_000), of)));
  expect(claim).toMatchObject({ of });
});

const seals = newEnd(ticket(3), 'void', '{}');
const claims = (tags: Writing) => versionOf(9, newClaim('L', host, ticket(5), [3]), tags);

const cases: readonly [string, ModelVersion, string][] = [
  ['no tags', versionOf(3, { model: 'L', source: '' }), '`passmuster.kind` is missing'],
  [
    'a number that is none',
    { ...versionOf(3, created), number: '1.0.0' },
    'has no number that says',
  ],
  ['no queue', versionOf(3, created, [['passmuster.queue', 'x']]), 'expected one of moves, names'],
  [
    'a lease of words',
    versionOf(3, created, [['passmuster.lease', 'long']]),
    '`passmuster.lease` is "long"',
  ],
  [
    'a lease of years',
    versionOf(3, created, [['passmuster.lease', '99999999999']]),
    'has a lease of',
  ],
  ['no nonce', versionOf(3, created, [['passmuster.nonce', '']]), 'is an empty text'],
  ['a state of its own', versionOf(3, created, [['passmuster.state', 'closed']]), '"closed"'],
  [
    'an outcome of its own',
    versionOf(3, created, [
      ...seals.slice(0, -1),
      ['passmuster.state', `fine sha256:${'0'.repeat(64)} 1`],
    ]),
    'expected an outcome, a digest and a number of parts',
  ],
  [
    'half a record',
    versionOf(3, created, newRecord('x'.repeat(9_000)).slice(1)),
    'lacks one of the 2 parts',
  ],
  ['a claim of what comes later', claims([['passmuster.by', '3']]), 'claims what is not in front'],
  [
    'a claim of words',
    claims([['passmuster.of', `sha256:${'0'.repeat(64)} 0 all`]]),
    'has another `passmuster.of`',
  ],
];

test.each(cases)('%s', (_, version, says) => {
  try {
    decode(version);
  } catch (error) {
    expect(error).toBeInstanceOf(PassmusterError);
    if (!(error instanceof PassmusterError)) throw error;
    expect(error.kind).toBe('conflict');
    expect(wording(error)).toContain(`Version ${version.number} of the ledger "L" `);
    expect(wording(error)).toContain(says);
    return;
  }
  throw new Error('it was read');
});

const sound = [
  versionOf(3, created, newRecord('{"previous":null,"content":{}}')),
  versionOf(3, created, [
    ...newRecord('{"previous":null,"content":{}}'),
    ...newEnd(ticket(3), 'stopped', '{}'),
  ]),
  versionOf(9, newClaim('L', host, ticket(5), [3])),
  versionOf(10, newAnswer('L', host, ticket(5), ticket(3), 'void', '{}')),
];
const keys = [...new Set(sound.flatMap(({ tags }) => [...tags.keys()]))];

test('whatever a hand writes is read as written or refused by name, never anything else', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '',
      '{}',
      'null',
      '[]',
      '{"actor":1}',
      '{"__proto__":{}}',
      '0',
      '-1',
      '1e3',
      'open',
    ),
    fc.nat().map(String),
  );
  const edits = fc.array(fc.tuple(fc.constantFrom(...keys), fc.option(value)), { minLength: 1 });
  fc.assert(
    fc.property(fc.constantFrom(...sound), edits, (version, changes) => {
      const tags = new Map(version.tags);
      for (const [key, text] of changes) {
        if (text === null) tags.delete(key);
        else tags.set(key, text);
      }
      try {
        const entry = decode({ ...version, tags });
        const view = readWritten([entry]);
        if (entry.kind === 'ticket') ticketOf('L', view, entry);
      } catch (error) {
        expect(error).toBeInstanceOf(PassmusterError);
        if (error instanceof PassmusterError) expect(wording(error)).toBe(visible(wording(error)));
      }
    }),
    rounds(20_000),
  );
});
