import { test } from 'vitest';
import { expectRefusal, type Refusal } from './refusal.fixture.ts';

const IN_BRACKETS = 'Write the name of the metric as a text, as `metrics["toxicity/v1/mean"]`.';
const DECIMAL = 'Write numbers in decimal, as `0.85`, `12` or `1.5e-3`.';
const HAS = 'A gate has `abs(a)`, `min(a, b, …)` and `max(a, b, …)`.';
const LEFT = 'Put what is judged on the left, as `accuracy >= champion - 0.01`.';

const MEANINGLESS: Refusal[] = [
  ['a > "0.9"', 4, /the text "0.9", expected a number/, 'Write `0.9` without quotes.'],
  ['a > " 12 "', 4, /the text " 12 "/, 'Write `12` without quotes.'],
  ['a > "b"', 4, /the text "b"/, 'If it is the name of a metric, write `metrics["b"]`.'],
  ['"a" > 0.9', 0, /the text "a"/, 'If it is the name of a metric, write `metrics["a"]`.'],
  ['a > b"x"', 4, /`b"x"`, expected a number/, DECIMAL],
  ['a > true', 4, /`true`, expected a number/, DECIMAL],
  ['null < a', 0, /`null`, expected a number/, DECIMAL],
  ['a > 0x10', 4, /`0x10`, expected a number/, DECIMAL],
  ['a > 1u', 4, /`1u`, expected a number/, DECIMAL],
  [
    'a > NaN',
    4,
    /`NaN`, which is neither a number/,
    'Write a number; if a metric is called so, `metrics["NaN"]`.',
  ],
  [
    'a < inf',
    4,
    /`inf`, which is neither a number/,
    'Write a number; if a metric is called so, `metrics["inf"]`.',
  ],
  [
    'a < None',
    4,
    /`None`, which is neither a number/,
    'Write a number; if a metric is called so, `metrics["None"]`.',
  ],
  [
    'a > Champion',
    4,
    /`Champion`/,
    'Write `champion`, in small letters; if a metric is called so, `metrics["Champion"]`.',
  ],
  ['champion > 0.8', 0, /stands on the right/, LEFT],
  ['champion <= a', 0, /stands on the right/, LEFT],
  ['a - champion >= 0', 4, /stands on the right/, LEFT],
  ['champion["b"] >= 0', 0, /stands on the right/, LEFT],
  [
    'a - b >= champion',
    9,
    /there are several/,
    'Say which one is meant, as `champion["accuracy"]`.',
  ],
  [
    'slice["x"].a - a >= champion',
    20,
    /there are several/,
    'Say which one is meant, as `champion["accuracy"]`.',
  ],
  ['sqrt(a) > 1', 0, /no function `sqrt`/, HAS],
  ['mx(a, b) > 1', 0, /no function `mx`/, `Did you mean \`max\`? ${HAS}`],
  ['has(a.b) > 1', 0, /no function `has`/, HAS],
  ['metrics("a") > 1', 0, /no function `metrics`/, `Did you mean \`metrics["…"]\`? ${HAS}`],
  ['a > champion("b")', 4, /no function `champion`/, `Did you mean \`champion["…"]\`? ${HAS}`],
  ['abs() > 1', 0, /`abs` takes one value, found 0/, HAS],
  ['abs(a, b) > 1', 0, /`abs` takes one value, found 2/, HAS],
  ['min(a) > 1', 0, /`min` takes two values or more, found 1/, HAS],
  [
    'a.size() > 1',
    0,
    /a call after a point/,
    'Write `max(a, b)`; compute anything else where the model is evaluated, and log it.',
  ],
  [
    'a.map(x, x) > 1',
    0,
    /a call after a point/,
    'Write `max(a, b)`; compute anything else where the model is evaluated, and log it.',
  ],
  ['metrics[a] > 1', 8, /no text between the brackets/, IN_BRACKETS],
  ['metrics[0] > 1', 8, /no text between the brackets/, IN_BRACKETS],
  ['metrics[""] > 1', 8, /an empty name/, IN_BRACKETS],
  ['(a + b)["c"] > 1', 1, /Only a name can be followed/, IN_BRACKETS],
  ['abs(a).b > 1', 0, /Only a name can be followed/, IN_BRACKETS],
  [
    'metrics > 1',
    0,
    /`metrics` without the name/,
    'Write `metrics["metrics"]` if that is its name.',
  ],
  [
    'metrics.a > 1',
    0,
    /may be the metric `a` or one/,
    'Write `metrics["metrics.a"]` if that is its name, else `metrics["a"]`.',
  ],
  ['metrics["a"].b > 1', 0, /one pair of brackets/, 'Write `metrics["a.b"]` if that is its name.'],
  [
    'metrics["a"]["b"] > 1',
    0,
    /one pair of brackets/,
    'Write `metrics["a.b"]` if that is its name.',
  ],
  [
    'a > champion["a"]["b"]',
    4,
    /one pair of brackets/,
    'Write `champion["a.b"]` if that is its name.',
  ],
  [
    'a["b"] > 1',
    0,
    /brackets after `a`/,
    'Write `metrics["a.b"]` if that is the name of the metric.',
  ],
  [
    'slice > 1',
    0,
    /without the name of a slice/,
    'Write `slice["region=eu"].accuracy`, or `slice["region=eu"]["odd/name"]`.',
  ],
  [
    'slice.eu.a > 1',
    0,
    /without the name of a slice/,
    'Write `slice["region=eu"].accuracy`, or `slice["region=eu"]["odd/name"]`.',
  ],
  [
    'slice["eu"] > 1',
    0,
    /without a metric after it/,
    'Write `slice["region=eu"].accuracy`, or `slice["region=eu"]["odd/name"]`.',
  ],
  [
    'a > champion.slice["eu"]',
    4,
    /`champion.slice` without a metric/,
    'Write `champion.slice["region=eu"].accuracy`, or `champion.slice["region=eu"]["odd/name"]`.',
  ],
];

test.each(MEANINGLESS)('%s', async (text, caret, message, hint) => {
  await expectRefusal(text, caret, message, hint);
});
