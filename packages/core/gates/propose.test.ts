import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import type { Measured } from '../evidence/measured.ts';
import { measured } from './evidence.fixture.ts';
import { said } from './gate.fixture.ts';
import { judge } from './judge.ts';
import { propose } from './propose.ts';
import { readGates } from './read.ts';
import { verdictOf } from './verdict.ts';

test.each<[string, number, string]>([
  ['accuracy', 0.85, 'accuracy >= 0.85'],
  ['eval_accuracy', 2 / 3, 'eval_accuracy >= 0.666666'],
  ['f1', 1 / 3, 'f1 >= 0.333333'],
  ['macro avg.f1-score', 0.5, 'metrics["macro avg.f1-score"] >= 0.5'],
  ['rocAuc', 0.9, 'rocAuc >= 0.9'],
  ['eval_loss', 1.23456789, 'eval_loss <= 1.23457'],
  ['loss', 1.2345611, 'loss <= 1.23457'],
  ['perplexity', 12.5, 'perplexity <= 12.5'],
  ['toxicity/v1/mean', 0.01, 'metrics["toxicity/v1/mean"] <= 0.01'],
  ['p99_ttft_ms', 1234567, 'p99_ttft_ms <= 1234567'],
  ['failed', 0, 'failed <= 0'],
  ['r2', -0.5, 'r2 >= -0.5'],
  ['ece', 1e-9, 'ece <= 1e-9'],
  ['acc,none', 0.6, 'metrics["acc,none"] >= 0.6'],
])('%s at %d is proposed as %s', (metric, value, line) => {
  expect(propose([measured(metric, value)], [])).toEqual([line]);
});

test.each<[string, number]>([
  ['epoch', 3],
  ['score', 3],
  ['acc_stderr,none', 0.01],
  ['train_loss', 0.1],
  ['error_count', 1],
  ['accuracy_loss', 1],
  ['eval_samples_per_second', 3],
  ['accuracy', Number.NaN],
  ['accuracy', Number.MAX_VALUE],
  ['', 1],
  ['accuracy \ud800', 1],
  [`accuracy ${'\u202e'.repeat(300)}`, 1],
])('%s at %d is not proposed', (metric, value) => {
  expect(propose([measured(metric, value)], [])).toEqual([]);
});

test('what the file says is better goes before the name', () => {
  const all: Measured[] = [
    { ...measured('score', 3), better: 'higher' },
    { ...measured('accuracy', 3), better: 'lower' },
  ];
  expect(propose(all, [])).toEqual(['score >= 3', 'accuracy <= 3']);
});

test('a metric with two values, or of a part of the data, is not proposed', () => {
  const all = [
    measured('accuracy', 1),
    measured('f1', 0.5),
    measured('accuracy', 2),
    measured('f1', 0.5),
    measured('accuracy', 1),
    measured('auc', 1, 'region=eu'),
  ];
  expect(propose(all, [])).toEqual(['f1 >= 0.5']);
});

test('one gate holds the candidate against the champion, by a metric that both have', () => {
  const candidate = [measured('loss', 1), measured('accuracy', 0.9)];
  expect(propose(candidate, [measured('accuracy', 0.5)])).toEqual([
    'loss <= 1',
    'accuracy >= 0.9',
    'accuracy >= champion',
  ]);
  expect(propose(candidate, [measured('auc', 0.5)])).toEqual(['loss <= 1', 'accuracy >= 0.9']);
});

test('a person can read them all', () => {
  const many = Array.from({ length: 1000 }, (_, index) => measured(`accuracy.${index}`, index));
  expect(propose(many, many)).toHaveLength(21);
});

test('what is proposed can be read, and passes on what it was proposed from', async () => {
  const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('accuracy', 'a/b', 'loss'));
  const one = fc.tuple(name, fc.double(), fc.constantFrom('higher' as const, 'lower' as const));
  await fc.assert(
    fc.asyncProperty(fc.array(one, { maxLength: 5 }), async (all) => {
      const candidate = all.map(([metric, value, better]) => ({
        ...measured(metric, value),
        better,
      }));
      const gates = await readGates(propose(candidate, []).map((text) => said(text)));
      const judged = gates.map((gate) =>
        judge(gate, {
          candidate: ({ metric }) => {
            const known = candidate.find((value) => value.metric === metric);
            return known === undefined ? { why: 'It is missing.' } : { measured: known };
          },
          champion: { kind: 'none', why: 'There is none.' },
        }),
      );
      expect(verdictOf(judged)).toBe(gates.length > 0 ? 'pass' : 'inconclusive');
    }),
    rounds(10_000),
  );
});
