import { expect, test } from 'vitest';
import { isShare } from './shares.ts';

test.each([
  'accuracy',
  'acc',
  'mmlu.acc',
  'evalAccuracy',
  'eval_f1',
  'macro avg.f1-score',
  'roc_auc',
  'pass_rate',
  'winRate',
  'gsm8k.exact_match,strict-match',
  'recall@5',
])('%s is a share', (metric) => {
  expect(isShare(metric)).toBe(true);
});

test.each([
  'perplexity',
  'loss',
  'latency_p95_ms',
  'accuracy_stderr',
  'accuracy_drop',
  'accuracy_pct',
  'precision_bits',
  'recall_time_ms',
  'f1.support',
  'tests',
  'account',
  'error_rate',
  'bleu',
  'compass_rate',
  '',
])('%s is none, or may be in any unit', (metric) => {
  expect(isShare(metric)).toBe(false);
});
