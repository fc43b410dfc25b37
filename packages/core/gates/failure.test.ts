import { expect, test } from 'vitest';
import { problemsOf, said } from './gate.fixture.ts';
import { expectRefusal, type Refusal } from './refusal.fixture.ts';

const ONE = 'A gate is one comparison, as `accuracy >= 0.85`.';
const TOO_LARGE = 'No metric reaches that far; write a smaller one.';

const BROKEN: Refusal[] = [
  ['', 0, /is empty/, 'Write one, or take it out.'],
  ['   ', 0, /is empty/, 'Write one, or take it out.'],
  ['# nothing', 0, /is empty/, 'Write one, or take it out.'],
  ['- a >= 1', 0, /begins with a dash/, 'Write it without; a list has one only in YAML.'],
  [
    'warn: a >= 1',
    4,
    /`warn:`, which is no part of a gate/,
    'A gate that only warns is `- warn: accuracy >= 0.9` in the policy, without quotes, and `warn: accuracy >= 0.9` in the input `gates`.',
  ],
  ['a >=', 4, /The gate ends where/, ONE],
  ['>= 1', 0, /Nothing stands before the comparison/, `Write the metric there. ${ONE}`],
  ['a >= +1', 5, /Found `\+` before a value/, 'Write it without.'],
  ['a >= 1 2', 7, /Found `2`, which cannot stand here/, ONE],
  ['a >= 1 : 2', 7, /Found `:`/, ONE],
  ['a >= * 2', 5, /Found `\*`/, ONE],
  [
    'mmlu acc >= 1',
    5,
    /`acc`, expected an operator or the end/,
    'If it belongs to the name of a metric, write `metrics["mmlu acc"]`.',
  ],
  [
    'mmlu.5shot >= 1',
    5,
    /`5`, which cannot stand here/,
    'If it is the name of a metric, write `metrics["mmlu.5shot"]`.',
  ],
  [
    'for >= 1',
    0,
    /`for` is a word that the gate language keeps/,
    'If it is the name of a metric, write `metrics["for"]`.',
  ],
  ['a >= (1', 5, /`\(` is never closed/, 'Add the `)`.'],
  ['a >= ((1)', 5, /`\(` is never closed/, 'Add the `)`.'],
  ['a >= champion["b"', 13, /`\[` is never closed/, 'Add the `]`.'],
  ['a >= 1)', 6, /`\)` without a `\(`/, 'Take it out, or add the other.'],
  ['a) >= 1', 1, /`\)` without a `\(`/, 'Take it out, or add the other.'],
  ['a >= (1]', 7, /`\]` without a `\[`/, 'Take it out, or add the other.'],
  ['metrics["a] >= 1', 8, /no closing quote/, 'Add the quote at its end.'],
  ["metrics['a] = 1", 8, /no closing quote/, 'Add the quote at its end.'],
  ['metrics["a\\q"] >= 1', 10, /`\\q`, which is no escape/, 'Write `\\\\` for a backslash.'],
  ['metrics["\\ud800"] >= 1', 9, /no escape/, 'Write `\\\\` for a backslash.'],
  ['a >= 1e999', 5, /`1e999` is too large/, TOO_LARGE],
  ['a >= 1.797e308', 5, /`1.797e308` is too large/, TOO_LARGE],
];

test.each(BROKEN)('%s', async (text, caret, message, hint) => {
  await expectRefusal(text, caret, message, hint);
});

test.each([
  ['deep brackets', `${'('.repeat(400)}a${')'.repeat(400)} >= 1`, /too deep or too long/],
  ['open brackets', `${'('.repeat(900)}a >= 1`, /never closed/],
  ['deep calls', `${'abs('.repeat(190)}a${')'.repeat(190)} >= 1`, /too deep or too long/],
  ['deep lists', `a >= ${'['.repeat(450)}${']'.repeat(450)}`, /too deep or too long/],
  ['many signs', `${'-'.repeat(990)}a >= 1`, /too deep or too long/],
  ['many points', `a${'.a'.repeat(400)} >= 1`, /too deep or too long/],
  ['many sums', `a >= 1${'+1'.repeat(400)}`, /too deep or too long/],
  ['many values', `a >= max(1${', 1'.repeat(200)})`, /too deep or too long/],
  ['many digits', `a >= ${'9'.repeat(400)}`, /too large for a number/],
  ['many quotes', `a >= ${'"'.repeat(801)}`, /cannot stand here/],
])('%s are refused', async (_, text, message) => {
  const problems = await problemsOf([said(text)]);
  expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
});
