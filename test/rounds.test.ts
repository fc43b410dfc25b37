import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { rounds } from './rounds.ts';

beforeEach(() => {
  vi.stubEnv('PASSMUSTER_ROUNDS', undefined);
  vi.stubEnv('PASSMUSTER_SEED', undefined);
});

afterEach(() => vi.unstubAllEnvs());

test.each([
  [10_000, 1_000],
  [15, 2],
  [1, 1],
])('of %i rounds the usual run tries %i, always the same ones', (all, tried) => {
  expect(rounds(all)).toEqual({ numRuns: tried, seed: rounds(all).seed });
});

test('soak tries all of them', () => {
  vi.stubEnv('PASSMUSTER_ROUNDS', 'full');
  expect(rounds(10_000).numRuns).toBe(10_000);
});

test('another seed', () => {
  vi.stubEnv('PASSMUSTER_SEED', '-7');
  expect(rounds(10).seed).toBe(-7);
});

test.each([
  ['PASSMUSTER_ROUNDS', 'ful', 'it may be full or tenth'],
  ['PASSMUSTER_SEED', 'lucky', 'must be a whole number'],
])('%s=%s is no silent default', (name, value, message) => {
  vi.stubEnv(name, value);
  expect(() => rounds(10)).toThrow(message);
});
