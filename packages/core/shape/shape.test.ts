import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boolean, oneOf } from './choice.ts';
import { either } from './either.ts';
import { defaulted, optional } from './keys.ts';
import { list } from './list.ts';
import { map } from './map.ts';
import { integer, number } from './number.ts';
import { record } from './record.ts';
import { check, jsonSchema, REFUSED } from './shape.ts';
import { text } from './text.ts';

const word = text({
  description: 'A word.',
  examples: ['cat'],
  minLength: 2,
  maxLength: 5,
  patterns: [
    { regex: /^\p{L}+$/u, says: 'letters' },
    { regex: /^[^x]/u, says: 'a word without x at its start' },
  ],
  refuse: (value) => (value === 'dog' ? 'is a dog; expected another animal' : undefined),
});

const animal = record(
  {
    name: word,
    legs: defaulted(integer({ description: 'Legs.', minimum: 0, maximum: 8 }), 4),
    weight: optional(number({ description: 'Kilograms.', minimum: 0 })),
    size: optional(oneOf(['small', 'large'], { description: 'Size.' })),
    tame: optional(boolean({ description: 'Whether it is tame.' })),
  },
  { description: 'An animal.' },
);

const zoo = record(
  {
    kind: oneOf(['zoo'], { description: 'Always zoo.' }),
    animals: optional(
      list(either([word, animal], { description: 'An animal.' }), { description: 'All.' }),
    ),
    keepers: optional(map(word, integer({ description: 'Age.' }), { description: 'Keepers.' })),
  },
  { description: 'A zoo.', examples: [{ kind: 'zoo' }] },
);

const mismatches = (value: unknown) => {
  const checked = check(zoo, value);
  return checked.ok ? [] : checked.mismatches;
};

const GOOD: unknown[] = [
  { kind: 'zoo' },
  { kind: 'zoo', animals: [] },
  {
    kind: 'zoo',
    animals: ['cat', { name: 'owl', legs: 2, weight: 0.5, size: 'small', tame: true }],
  },
  { kind: 'zoo', keepers: { ann: 30, ééééé: -1 } },
];

const BAD: [unknown, ...string[]][] = [
  [null, 'The document is empty (null); expected a map with `kind`.'],
  [[], 'The document is a list; expected a map with `kind`.'],
  ['zoo', 'The document is "zoo"; expected a map with `kind`.'],
  [{}, 'The document has no `kind`, which it must have.'],
  [{ kind: 'zoe' }, '`kind` is "zoe"; expected `zoo`. Did you mean `zoo`?'],
  [
    { kind: 'zoo', animal: [] },
    '`animal` is not a key that is known at the top of the document. Did you mean `animals`?',
  ],
  [
    { kind: 'zoo', 'keepers-of-old': {} },
    '`keepers-of-old` is not a key that is known at the top of the document. Did you mean `keepers`?',
  ],
  [
    { kind: 'zoo', somethingElse: 1 },
    '`somethingElse` is not a key that is known at the top of the document. Known here: `kind`, `animals`, `keepers`.',
  ],
  [
    { kind: 'zoo', animals: 'cat' },
    '`animals` is "cat"; expected a list. Write one item a line, each after `- `.',
  ],
  [
    { kind: 'zoo', animals: ['cat', 'c', 'parrot', 'c4t', 'xat', ''] },
    '`animals[1]` is "c"; expected a text of 2 to 5 characters.',
    '`animals[2]` is "parrot"; expected a text of 2 to 5 characters.',
    '`animals[3]` is "c4t"; expected letters.',
    '`animals[4]` is "xat"; expected a word without x at its start.',
    '`animals[5]` is an empty text; expected a text of 2 to 5 characters.',
  ],
  [
    { kind: 'zoo', animals: [1, null, []] },
    '`animals[0]` is 1; expected a text, or a map with `name`.',
    '`animals[1]` is empty (null); expected a text, or a map with `name`.',
    '`animals[2]` is a list; expected a text, or a map with `name`.',
  ],
  [
    { kind: 'zoo', animals: [{ name: 7, legs: 9, weight: -1, size: 'Small', tame: 'yes' }] },
    '`animals[0].name` is 7; expected a text. Put it in quotes: "7".',
    '`animals[0].legs` is 9; expected an integer from 0 to 8.',
    '`animals[0].weight` is -1; expected a number of at least 0.',
    '`animals[0].size` is "Small"; expected one of `small`, `large`. Did you mean `small`?',
    '`animals[0].tame` is "yes"; expected `true` or `false`.',
  ],
  [
    { kind: 'zoo', animals: [{ name: 'cat', legs: 1.5, weight: '1' }] },
    '`animals[0].legs` is 1.5; expected an integer from 0 to 8.',
    '`animals[0].weight` is "1"; expected a number of at least 0.',
  ],
  [
    { kind: 'zoo', keepers: { 'a\nb': 1, ann: {} } },
    'The key `keepers["a\\u{a}b"]` is "a\\u{a}b"; expected letters.',
    '`keepers.ann` is a map; expected an integer.',
  ],
  [
    { kind: 'zoo', keepers: { constructor: 1 } },
    'The key `keepers.constructor` is a name that JavaScript keeps for itself; expected another.',
  ],
];

/** What no JSON Schema can say. */
const BAD_BEYOND_SCHEMA: [unknown, ...string[]][] = [
  [{ kind: 'zoo', animals: ['dog'] }, '`animals[0]` is a dog; expected another animal.'],
  [
    { kind: 'zoo', animals: [{ name: 'cat', weight: Number.NaN }] },
    '`animals[0].weight` is NaN; expected a number of at least 0.',
  ],
  [
    { kind: 'zoo', keepers: { ann: 2 ** 53 } },
    '`keepers.ann` is 9007199254740992; expected an integer.',
  ],
];

const schema = jsonSchema(zoo, { id: 'https://example.com/zoo.json', title: 'Zoo' });
const valid = new Ajv({ strict: true, allErrors: true }).compile(schema);

test.each(GOOD)('%j is a zoo, to us and to the schema', (value) => {
  expect(mismatches(value)).toEqual([]);
  expect(valid(value)).toBe(true);
});

test.each([...BAD, ...BAD_BEYOND_SCHEMA])('%j is told in words', (value, ...messages) => {
  const told = mismatches(value).map(({ message, hint }) =>
    [message, hint].filter(Boolean).join(' '),
  );
  expect(told).toEqual(messages);
});

test.each(BAD)('%j is refused by the schema', (value) => {
  expect(valid(value)).toBe(false);
});

test('a list that is too long is told once, to us and to the schema', () => {
  const few = list(word, { description: 'Few.', maxItems: 2 });
  expect(check(few, ['cat', 'owl']).ok).toBe(true);
  const checked = check(
    few,
    Array.from({ length: 10_000 }, () => 1),
  );
  expect(checked.ok || checked.mismatches.map(({ message }) => message)).toEqual([
    'The document has 10000 items; expected at most 2.',
  ]);
  expect(few.schema()).toMatchObject({ maxItems: 2 });
});

/** The type that the compiler must make of the shape. */
interface Animal {
  readonly name: string;
  readonly legs: number;
  readonly weight?: number;
  readonly size?: 'small' | 'large';
  readonly tame?: boolean;
}

test('what is read has the defaults, no prototype and only the keys that are there', () => {
  const checked = check(zoo, { kind: 'zoo', animals: [{ name: 'cat' }], keepers: { ann: 1 } });
  if (!checked.ok) throw new Error('a zoo');
  const animals: readonly (string | Animal)[] = checked.value.animals ?? [];
  const [cat] = animals;
  expect(Object.entries(cat ?? {})).toEqual([
    ['name', 'cat'],
    ['legs', 4],
  ]);
  for (const value of [checked.value, cat, checked.value.keepers]) {
    expect(Object.getPrototypeOf(value)).toBeNull();
  }
});

test('a mismatch says whether it is about the key or the value', () => {
  const told = mismatches({ kind: 'zoo', keepers: { 'a b': 1.5 }, x: 1 });
  expect(told.map(({ path, about }) => [path, about])).toEqual([
    [['keepers', 'a b'], 'key'],
    [['keepers', 'a b'], 'value'],
    [['x'], 'key'],
  ]);
});

test('keys of JavaScript itself reach no prototype', () => {
  const hostile = JSON.parse('{"kind":"zoo","__proto__":{"p":1},"keepers":{"__proto__":{"p":1}}}');
  expect(mismatches(hostile).map(({ path, about }) => [path, about])).toEqual([
    [['__proto__'], 'key'],
    [['keepers', '__proto__'], 'key'],
    [['keepers', '__proto__'], 'value'],
  ]);
  expect(Object.hasOwn(Object.prototype, 'p')).toBe(false);
});

test('a value that was refused before is not told again, and is still no value', () => {
  const checked = check(zoo, { kind: REFUSED, animals: [REFUSED, 'c'], keepers: { ann: REFUSED } });
  expect(checked).toMatchObject({ ok: false, mismatches: [{ path: ['animals', 1] }] });
});

test('beyond a hundred, mismatches are counted', () => {
  const checked = check(zoo, { kind: 'zoo', animals: Array.from({ length: 150 }, () => 1) });
  expect(checked).toMatchObject({ ok: false, omitted: 50 });
  expect(checked.ok || checked.mismatches.length).toBe(100);
});

test('two shapes of one kind cannot be told apart', () => {
  expect(() => either([word, word], { description: 'A word or a word.' })).toThrow(TypeError);
});

test('the schema has descriptions, examples, defaults and bounds', () => {
  expect(schema).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://example.com/zoo.json',
    title: 'Zoo',
    type: 'object',
    description: 'A zoo.',
    examples: [{ kind: 'zoo' }],
    required: ['kind'],
    additionalProperties: false,
    properties: {
      kind: { const: 'zoo', description: 'Always zoo.' },
      animals: {
        items: {
          anyOf: [
            {
              type: 'string',
              minLength: 2,
              maxLength: 5,
              allOf: [{ pattern: '^\\p{L}+$' }, { pattern: '^[^x]' }],
            },
            { properties: { legs: { type: 'integer', minimum: 0, maximum: 8, default: 4 } } },
          ],
        },
      },
    },
  });
});

test('any JSON is taken by both or refused by both', () => {
  const shape = record(
    {
      a: optional(word),
      b: optional(list(boolean({ description: 'B.' }), { description: 'Bs.' })),
    },
    { description: 'Some.' },
  );
  const accepts = new Ajv().compile(
    jsonSchema(shape, { id: 'https://example.com/some.json', title: 'Some' }),
  );
  const likely = fc.record(
    {
      a: fc.oneof(fc.constantFrom('cat', 'xat', 'c'), fc.jsonValue()),
      b: fc.oneof(fc.array(fc.oneof(fc.boolean(), fc.constant(1))), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(likely, fc.jsonValue()), (value) => {
      fc.pre(JSON.stringify(value).includes('dog') === false);
      expect(check(shape, value).ok).toBe(accepts(value));
    }),
  );
});
