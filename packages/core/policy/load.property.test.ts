import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { InputError } from '../errors.ts';
import { loadPolicy } from './load.ts';

const GOOD = `registry: https://mlflow.example.com # the registry
models:
  gpt-custom:
    gates:
      - perplexity <= 12.5
      - warn: mmlu_accuracy >= champion - 0.01
    evaluations: ["eval/results_*.json"]
environments:
  staging: { stage: Staging }
  production:
    after: staging
    alias: 'champion'
    approvals: { count: 2, from: { users: [ann, bob], teams: [acme/ml] }, author: true, max-age: 30d }
    configmap: ml-production/llm-model-versions
    waivers:
      - { gate: perplexity <= 12.5, reason: flaky, approver: ann, until: 2026-12-31 }
    freeze: { until: 2026-12-31T12:00Z, reason: holidays, pass: [ann] }
    may-override: [ann]
`;

/** Signs that mean something to YAML, to a terminal or to JavaScript. */
const SIGNS = fc.constantFrom(
  ...'-?:,[]{}#&*!|>\'"%@`~ \t\n\r\\\0',
  '\u001b',
  '\u202e',
  '\ufeff',
  '\ud800',
  '🎉',
  '<<',
  '---',
  '...',
  '__proto__',
  'gates',
  'null',
  '0x',
);

/** Loads, or is refused with problems that all stand in the text. */
function loadsOrIsRefused(text: string): void {
  const lines = text.split('\n');
  try {
    loadPolicy(text, 'f');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
    for (const { place, excerpt, message } of error.problems.slice(0, 100)) {
      const { line = 0, column = 0 } = place ?? {};
      expect(lines[line - 1]?.length).toBeGreaterThanOrEqual(column - 1);
      expect(column).toBeGreaterThan(0);
      expect(excerpt?.split('\n')).toHaveLength(2);
      expect(`${message}${excerpt?.replace('\n', '')}`).not.toMatch(/[\p{C}\u2028\u2029]/u);
    }
  }
}

test('arbitrary text is loaded or refused', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.oneof(SIGNS, fc.constantFrom(' ', '\n  ', 'a', ': ', '- ')))
      .map((parts) => parts.join('')),
  );
  fc.assert(fc.property(text, loadsOrIsRefused), rounds(2000));
});

const mutation = fc.record({
  at: fc.nat(GOOD.length),
  length: fc.nat(12),
  by: fc.oneof(fc.constant(''), SIGNS, fc.string({ maxLength: 4 })),
});

test('a good policy with some mutations is loaded or refused', () => {
  const mutated = fc
    .array(mutation, { minLength: 1, maxLength: 3 })
    .map((mutations) =>
      mutations.reduce(
        (text, { at, length, by }) => text.slice(0, at) + by + text.slice(at + length),
        GOOD,
      ),
    );
  fc.assert(fc.property(mutated, loadsOrIsRefused), rounds(3000));
});

test('what was not mutated is loaded', () => {
  expect(loadPolicy(GOOD, 'f').environments.size).toBe(2);
});
