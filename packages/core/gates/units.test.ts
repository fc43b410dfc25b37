import { expect, test } from 'vitest';
import { evidence, type Values } from './evidence.fixture.ts';
import { gateOf } from './gate.fixture.ts';
import { judge } from './judge.ts';

const SEEMS = 'one of the two seems to be in percent and the other a fraction.';

const against = (whole: string, bound: string, so: string): string =>
  `${whole}, and the gate has ${bound}: ${SEEMS} Log the metric in the unit of the gate, or write the gate ${so}.`;

test.each<[string, Values, Values, string]>([
  [
    'accuracy >= 0.85',
    { accuracy: 91.5 },
    {},
    against('`accuracy` of the candidate is 91.5', '0.85', 'in percent'),
  ],
  [
    'accuracy >= 85',
    { accuracy: 0.915 },
    {},
    against('`accuracy` of the candidate is 0.915', '85', 'as a fraction'),
  ],
  [
    'accuracy <= 1',
    { accuracy: 1.5 },
    {},
    against('`accuracy` of the candidate is 1.5', '1', 'in percent'),
  ],
  [
    'slice["x"].f1 > 0.4 + 0.4',
    { 'slice["x"].f1': 100 },
    {},
    against('`slice["x"].f1` of the candidate is 100', '0.8', 'in percent'),
  ],
  [
    'min(accuracy, f1) >= 0.85',
    { accuracy: 91.5, f1: 0.9 },
    {},
    against('`accuracy` of the candidate is 91.5', '0.85', 'in percent'),
  ],
  [
    'accuracy >= min(champion, 0.85)',
    { accuracy: 91.5 },
    { accuracy: 92 },
    against('`accuracy` of the candidate is 91.5', '0.85', 'in percent'),
  ],
  [
    'accuracy >= champion - 0.01',
    { accuracy: 91.5 },
    { accuracy: 0.92 },
    `\`accuracy\` of the candidate is 91.5, and \`accuracy\` of the champion is 0.92: ${SEEMS} Log both in one unit.`,
  ],
  [
    'pass_rate >= champion["old_pass_rate"] * 1.05',
    { pass_rate: 0.9 },
    { old_pass_rate: 88 },
    `\`pass_rate\` of the candidate is 0.9, and \`old_pass_rate\` of the champion is 88: ${SEEMS} Log both in one unit.`,
  ],
  [
    'recall >= precision - 0.1',
    { recall: 80, precision: 0.9 },
    {},
    `\`recall\` of the candidate is 80, and \`precision\` of the candidate is 0.9: ${SEEMS} Log both in one unit.`,
  ],
])('%s holds percent against a fraction with %j and %j', async (text, ours, theirs, reason) => {
  const judged = judge(await gateOf(text), evidence(ours, theirs));
  expect(judged).toMatchObject({ verdict: 'inconclusive', reasons: [reason] });
});

test.each<[string, Values, Values, string]>([
  ['accuracy >= 0.85', { accuracy: 0.9 }, {}, 'pass'],
  ['accuracy >= 85', { accuracy: 91.5 }, {}, 'pass'],
  ['accuracy >= 85', { accuracy: 71.5 }, {}, 'fail'],
  // Nothing is nothing in both.
  ['accuracy >= 0', { accuracy: 91.5 }, {}, 'pass'],
  ['accuracy >= 0.85', { accuracy: 0 }, {}, 'fail'],
  ['accuracy >= 85', { accuracy: 0 }, {}, 'fail'],
  ['accuracy >= -1', { accuracy: 91.5 }, {}, 'pass'],
  // More than percent can be.
  ['accuracy >= 0.5', { accuracy: 914 }, {}, 'pass'],
  ['accuracy <= 1000', { accuracy: 0.5 }, {}, 'pass'],
  // A sum of many parts is 1, but for rounding.
  ['accuracy >= 0.85', { accuracy: 1 + 2 * Number.EPSILON }, {}, 'pass'],
  // What a factor makes of a champion is no unit.
  ['accuracy >= champion * 1.1', { accuracy: 0.95 }, { accuracy: 0.95 }, 'fail'],
  ['accuracy >= champion * 0.001', { accuracy: 91.5 }, { accuracy: 92 }, 'pass'],
  ['accuracy >= champion - 0.5', { accuracy: 91.5 }, { accuracy: 91.8 }, 'pass'],
  // Half a point may be what is left of two in percent.
  ['abs(accuracy - f1) <= 0.5', { accuracy: 91.5, f1: 91.2 }, {}, 'pass'],
  ['accuracy / f1 >= 0.9', { accuracy: 91.5, f1: 92 }, {}, 'pass'],
  ['perplexity <= 0.9', { perplexity: 12.5 }, {}, 'fail'],
  ['error_rate <= 2', { error_rate: 0.5 }, {}, 'pass'],
  ['latency_ms <= champion', { latency_ms: 0.5 }, { latency_ms: 12 }, 'pass'],
  ['tests >= 1', { tests: 40 }, {}, 'pass'],
])('%s is judged with %j and %j', async (text, ours, theirs, verdict) => {
  expect(judge(await gateOf(text), evidence(ours, theirs)).verdict).toBe(verdict);
});
