import { expect, test } from 'vitest';
import { problemsOf, said } from './gate.fixture.ts';
import { expectRefusal, type Refusal } from './refusal.fixture.ts';

const ONE = 'A gate is one comparison, as `accuracy >= 0.85`.';
const TWO = 'Two gates are two lines: each is judged by itself, and each must pass.';

const NO_COMPARISON: Refusal[] = [
  ['a', 1, /no comparison/, ONE],
  ['0.9', 3, /no comparison/, ONE],
  ['champion - 0.01', 15, /no comparison/, ONE],
  ['max(a, b)', 9, /no comparison/, ONE],
  ['0.5 < a < 0.9', 8, /second comparison/, 'Write two gates: `a > 0.5` and `a < 0.9`.'],
  [
    '0.9 >= a + b >= 0.5',
    13,
    /second comparison/,
    'Write two gates: `a + b <= 0.9` and `a + b >= 0.5`.',
  ],
  ['a == b == c', 7, /second comparison/, 'Write two gates: `b == a` and `b == c`.'],
  ['(a > 1) > 0', 8, /second comparison/, TWO],
  ['0 < (a > 1)', 2, /second comparison/, TWO],
  ['1 < a < b < 2', 10, /several comparisons/, TWO],
  ['a >= max(b > 1, 2)', 11, /a comparison inside a side/, ONE],
  ['a > 1 && b > 2', 6, /`&&`; a gate is one comparison/, TWO],
  [
    'a > 1 || b > 2',
    6,
    /`\|\|`; a gate is one comparison/,
    'Decide which of the two counts, or log a metric that says both.',
  ],
  ['!(a > 1)', 0, /`!`; a gate has no "not"/, 'Turn the comparison: `<` for `>=`, `!=` for `==`.'],
  [
    'a > 1 ? b > 1 : c > 1',
    6,
    /`\?`; a gate makes no choices/,
    'Write one gate for each case that must hold.',
  ],
  [
    'a >= (b ? 1 : 2)',
    8,
    /`\?`; a gate makes no choices/,
    'Write one gate for each case that must hold.',
  ],
  [
    'a in [1, 2]',
    2,
    /`in`; a gate compares two numbers/,
    'For a range write two gates, `accuracy >= 0.8` and `accuracy <= 0.9`.',
  ],
  ['a >= [1]', 5, /a list/, ONE],
  ['a >= {"b": 1}', 5, /a map/, ONE],
  ['1 < 2', 0, /compares numbers with each other/, ONE],
  ['1 + 1 == abs(-2)', 0, /compares numbers with each other/, ONE],
  ['0.9 <= a', 0, /stands on the left, but there is none/, 'Write `a >= 0.9`.'],
  ['(1 + 2) / 3 > slice["x"].a', 1, /stands on the left/, 'Write `slice["x"].a < (1 + 2) / 3`.'],
  ['0.9 <= champion', 0, /stands on the left, but there is none/, ONE],
  ['a >= a', 5, /with itself/, "If the champion's value is meant, write `champion`."],
  [
    'a >= metrics["a"] - 0.01',
    5,
    /with itself/,
    "If the champion's value is meant, write `champion`.",
  ],
];

test.each(NO_COMPARISON)('%s', async (text, caret, message, hint) => {
  await expectRefusal(text, caret, message, hint);
});

test.each([
  ['a = 0,85', [/`=`/, /`0,85`/]],
  ['sqrt(a) > "0.9"', [/`sqrt`/, /"0.9"/]],
  ['metrics[0] > champion', [/no text/]],
  ['champion + metrics.b > true', [/on the right/, /`metrics.b`/, /`true`/]],
  ['1 > "2"', [/compares numbers/, /"2"/]],
])('all of the mistakes in %s', async (text, messages) => {
  const problems = await problemsOf([said(text)]);
  expect(problems.map(({ message }) => message)).toEqual(
    messages.map((message) => expect.stringMatching(message)),
  );
});
