import { test } from 'vitest';
import { expectRefusal, type Refusal } from './refusal.fixture.ts';

const TWO = 'Two gates are two lines: each is judged by itself, and each must pass.';

const SLIPS: Refusal[] = [
  [
    'a = 1',
    2,
    /`=`, which is no comparison/,
    'Write `==` for "is equal to", or `>=` or `<=` for a bound.',
  ],
  ['a => 1', 2, /`=>`/, 'Write `>=`.'],
  ['a =< 1', 2, /`=<`/, 'Write `<=`.'],
  ['a === 1', 2, /`===`/, 'Write `==`.'],
  ['a !== 1', 2, /`!==`/, 'Write `!=`.'],
  ['a <> 1', 2, /`<>`/, 'Write `!=`.'],
  ['a ≥ 1', 2, /`≥`/, 'Write `>=`.'],
  ['a ≤ 1', 2, /`≤`/, 'Write `<=`.'],
  ['a ≠ 1', 2, /`≠`/, 'Write `!=`.'],
  ['a >== 1', 2, /`>==`/, 'Write `>=`.'],
  ['a > = 1', 4, /space inside `> =`/, 'Write `>=`.'],
  ['a ! = 1', 4, /space inside `! =`/, 'Write `!=`.'],
  [
    'a >= 85%',
    5,
    /`85%`; a gate has no percent/,
    'Write `0.85`, or `85` where the metric itself counts in percent.',
  ],
  ['a >= 7 %', 5, /`7%`/, 'Write `0.07`, or `7` where the metric itself counts in percent.'],
  [
    'a >= champion - 0.5%',
    16,
    /`0.5%`/,
    'Write `0.005`, or `0.5` where the metric itself counts in percent.',
  ],
  [
    'a >= (99.5%)',
    6,
    /`99.5%`/,
    'Write `0.995`, or `99.5` where the metric itself counts in percent.',
  ],
  [
    'a % 2 == 0',
    2,
    /neither percent nor remainders/,
    'For 85 % write `0.85`, or `85` where the metric itself counts in percent.',
  ],
  [
    'a >= 5 % 3',
    7,
    /neither percent nor remainders/,
    'For 85 % write `0.85`, or `85` where the metric itself counts in percent.',
  ],
  [
    'a >= 0,85',
    5,
    /`0,85`; the decimal sign is a point/,
    'Write `0.85`; between two values put a space after the comma.',
  ],
  ['a <= 12,5', 5, /`12,5`/, 'Write `12.5`; between two values put a space after the comma.'],
  ['a <= 1,000', 5, /`1,000`/, 'Write `1000`, or `1.000` if that is meant.'],
  [
    'a <= max(0,85, champion)',
    9,
    /`0,85`/,
    'Write `0.85`; between two values put a space after the comma.',
  ],
  ['a >= .5', 5, /`.5`; a point stands between digits/, 'Write `0.5`.'],
  ['a >= 5.', 5, /`5.`; a point stands between digits/, 'Write `5.0`.'],
  ['a >= 1_000', 5, /`1_000`; nothing groups digits/, 'Write `1000`.'],
  [
    'a <= 85ms',
    5,
    /`85ms`, which is no number/,
    'Write it without a unit, as `0.85` or `1.5e-3`; the metric says what it counts in.',
  ],
  [
    'a <= 1.2.3',
    5,
    /`1.2.3`, which is no number/,
    'Write it without a unit, as `0.85` or `1.5e-3`; the metric says what it counts in.',
  ],
  [
    'a <= 1e',
    5,
    /`1e`, which is no number/,
    'Write it without a unit, as `0.85` or `1.5e-3`; the metric says what it counts in.',
  ],
  [
    '5shot >= 1',
    0,
    /`5shot`, which is no number/,
    'If it is the name of a metric, write `metrics["5shot"]`.',
  ],
  [
    'acc,none >= 1',
    0,
    /`acc,none`; no comma/,
    'If it is the name of a metric, write `metrics["acc,none"]`.',
  ],
  [
    'em,strict-match >= 1',
    0,
    /`em,strict-match`/,
    'If it is the name of a metric, write `metrics["em,strict-match"]`.',
  ],
  [
    'f1@5 >= 1',
    2,
    /`@`, which a gate has no use for/,
    'If it belongs to the name of a metric, write `metrics["f1@5"]`; else take it out.',
  ],
  [
    'größe >= 1',
    2,
    /`ö`/,
    'If it belongs to the name of a metric, write `metrics["größe"]`; else take it out.',
  ],
  ['a >= $', 5, /`\$`/, 'Take it out.'],
  ['a\u00a0>= 1', 1, /`\\u\{a0\}`/, 'Take it out.'],
  ['metrics[“a”] >= 1', 8, /quotation mark `“`/, 'Write straight ones, `"`.'],
  ['a >= 1 and b >= 2', 7, /`and`; a gate is one comparison/, TWO],
  ['a >= 1 or b >= 2', 7, /`or`; a gate is one comparison/, TWO],
  ['a >= 1; b >= 2', 6, /`;`; a gate is one comparison/, TWO],
  ['a >= 1 & b >= 2', 7, /`&`; a gate is one comparison/, TWO],
  [
    'a is 1',
    2,
    /the word `is`, which compares nothing/,
    'Compare with `<`, `<=`, `>`, `>=`, `==` or `!=`.',
  ],
  ['a >= 10 // 2', 8, /`\/\/`; division is one/, 'Write `/`, or `#` for a comment.'],
  ['a >= 1 // why', 7, /`\/\/`; division is one/, 'Write `/`, or `#` for a comment.'],
];

test.each(SLIPS)('%s', async (text, caret, message, hint) => {
  await expectRefusal(text, caret, message, hint);
});
