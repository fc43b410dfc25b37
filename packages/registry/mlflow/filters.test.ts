import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasTags, isLike, modelFilter, quoted, versionFilter } from './filters.ts';

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(`'`, `"`, '`', '\\', '%', '_', ' AND ', ' = ', '.', '--', ';', 'LIKE'),
      fc.string({ maxLength: 4, unit: 'binary' }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

interface Read {
  readonly column: string;
  readonly is: (value: string) => boolean;
}

/** As MLflow's parser cuts a filter into pieces: greedily, and with a backslash before a quote as an escape. */
const CONDITION =
  /(name|run_id|tags\.`(?:``|[^`])*`) (=|LIKE) ('(?:''|\\'|[^'])*'|"(?:""|\\"|[^"])*")( AND |$)/y;

function readAsMlflow(filter: string): Read[] {
  const conditions: Read[] = [];
  CONDITION.lastIndex = 0;
  for (let at = 0; at < filter.length; at = CONDITION.lastIndex) {
    const [, column = '', operator, literal = ''] = CONDITION.exec(filter) ?? [];
    if (operator === undefined) throw new Error(`cannot be read from ${at}: ${filter}`);
    const value = literal.slice(1, -1);
    const is = operator === '=' ? (one: string) => one === value : sqlLike(value);
    conditions.push({ column, is });
  }
  return conditions;
}

const escaped = (text: string): string => text.replaceAll(/[$()*+./?[\\\]^{|}]/g, '\\$&');

/** Of databases that take a backslash as an escape as well as of those that do not. */
function sqlLike(pattern: string): (value: string) => boolean {
  if (pattern.includes('\\')) throw new Error(`reads differently: ${pattern}`);
  const source = escaped(pattern).replaceAll('%', '[^]*').replaceAll('_', '[^]');
  const regex = new RegExp(`^${source}$`, 'u');
  return (value) => regex.test(value);
}

describe('whatever is asked for', () => {
  test('versions: MLflow reads the conditions that were meant, or broader ones', () => {
    const tags = fc.uniqueArray(fc.tuple(hostile, hostile), {
      selector: ([key]) => key,
      maxLength: 3,
    });
    fc.assert(
      fc.property(hostile, hostile, tags, hostile, (model, runId, given, other) => {
        const { text, exact } = versionFilter({ model, runId, tags: new Map(given) });
        const sayable = given.filter(([key]) => key !== '' && !key.includes('`'));
        const meant = [
          ['name', model],
          ['run_id', runId],
          ...sayable.map(([key, value]) => [`tags.\`${key}\``, value] as const),
        ] as const;
        const read = readAsMlflow(text);
        expect(read.map(({ column }) => column)).toEqual(meant.map(([column]) => column));
        for (const [index, [, value]] of meant.entries()) {
          expect(read[index]?.is(value)).toBe(true);
          if (exact && other !== value) expect(read[index]?.is(other)).toBe(false);
        }
        if (exact) expect(sayable).toHaveLength(given.length);
      }),
    );
  });

  test('names with a wildcard: whatever is like it is asked for', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 4 }), hostile, (parts, filling) => {
        const nameLike = parts.join('%');
        const [condition] = readAsMlflow(modelFilter({ nameLike }).text);
        for (const name of [parts.join(filling), filling]) {
          if (isLike(name, nameLike)) expect(condition?.is(name)).toBe(true);
        }
        expect(isLike(parts.join(filling), nameLike)).toBe(true);
      }),
    );
  });
});

test('nothing is asked for', () => {
  expect(versionFilter({})).toEqual({ text: '', exact: true });
  expect(modelFilter({})).toEqual({ text: '', exact: true });
});

test('what a ledger asks for', () => {
  const tags = new Map([['passmuster.state', 'open']]);
  expect(versionFilter({ model: 'passmuster.gpt', tags })).toEqual({
    text: "name = 'passmuster.gpt' AND tags.`passmuster.state` = 'open'",
    exact: true,
  });
});

test.each([
  ['plain', `'plain'`],
  [`it's`, `"it's"`],
  [`"so"`, `'"so"'`],
  [`both ' and "`, undefined],
  ['in\\side', `'in\\side'`],
  ['end\\', undefined],
  ['', `''`],
])('%j in quotes is %s', (value, literal) => {
  expect(quoted(value)).toBe(literal);
});

test.each([
  ['abc', 'abc', true],
  ['abc', 'a%', true],
  ['abc', '%c', true],
  ['abc', '%b%', true],
  ['abc', '%', true],
  ['', '%', true],
  ['abc', 'a%b%c', true],
  ['aba', 'ab%ba', false],
  ['abc', 'a_c', false],
  ['abc', 'A%', false],
  ['abc', '%b', false],
  ['abab', '%ab%ab', true],
  ['ab', '%ab%ab', false],
])('%j like %j: %s', (name, nameLike, is) => {
  expect(isLike(name, nameLike)).toBe(is);
});

test('like is as a pattern would have it', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'b', '%'), maxLength: 8 });
  fc.assert(
    fc.property(few, few, (name, nameLike) => {
      const regex = new RegExp(`^${nameLike.replaceAll('%', '.*')}$`);
      expect(isLike(name, nameLike)).toBe(regex.test(name));
    }),
  );
});

test('all tags must be there', () => {
  const tags = new Map([
    ['a', '1'],
    ['b', ''],
  ]);
  expect(hasTags(tags)).toBe(true);
  expect(
    hasTags(
      tags,
      new Map([
        ['a', '1'],
        ['b', ''],
      ]),
    ),
  ).toBe(true);
  expect(
    hasTags(
      tags,
      new Map([
        ['a', '1'],
        ['c', ''],
      ]),
    ),
  ).toBe(false);
  expect(hasTags(new Map(), new Map([['__proto__', '']]))).toBe(false);
});
