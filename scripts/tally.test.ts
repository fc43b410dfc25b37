import { expect, test } from 'vitest';
import type { ReportedTest } from './suite-report.ts';
import { lastLine, sum, tallyOfExit, tallyOfSuite } from './tally.ts';

const suite = (code: number, tests: readonly ReportedTest[], errors: readonly string[] = []) =>
  tallyOfSuite(code, { tests, errors });

const passed: ReportedTest = { name: 'a', state: 'passed' };
const failed: ReportedTest = { name: 'b', state: 'failed' };

test.each([
  ['all passed', suite(0, [passed, passed]), '2 passed, 0 failed', []],
  ['one failed', suite(1, [passed, failed]), '1 passed, 1 failed', []],
  [
    'a skip with a reason',
    suite(0, [passed, { name: 'c', state: 'skipped', note: 'no GPU' }]),
    '1 passed, 0 failed, 1 skipped',
    ['skipped: c: no GPU'],
  ],
  [
    'a skip without one',
    suite(0, [passed, { name: 'c', state: 'skipped' }]),
    '1 passed, 1 failed',
    ['skipped: c: without a reason'],
  ],
  [
    'a test that never ended',
    suite(1, [passed, { name: 'c', state: 'pending' }]),
    '1 passed, 1 failed',
    ['did not end: c'],
  ],
  [
    'an error beside the tests',
    suite(1, [passed], ['x.test.ts: cannot be loaded']),
    '1 passed, 1 failed',
    ['error outside of a test: x.test.ts: cannot be loaded'],
  ],
  ['no tests', suite(0, []), '0 passed, 1 failed', ['no test was run']],
  [
    'nothing but skips',
    suite(0, [{ name: 'c', state: 'skipped', note: 'no GPU' }]),
    '0 passed, 1 failed, 1 skipped',
    ['skipped: c: no GPU', 'no test was run'],
  ],
  [
    'a run that failed although no test did',
    suite(1, [passed]),
    '1 passed, 1 failed',
    ['exit code 1, though no test failed'],
  ],
  ['no report', tallyOfSuite(0, undefined), '0 passed, 1 failed', ['there is no report']],
  ['a stage that ended well', tallyOfExit(0), '1 passed, 0 failed', []],
  ['a stage that did not', tallyOfExit(2), '0 passed, 1 failed', ['exit code 2']],
])('%s', (_case, tally, line, remarks) => {
  expect(lastLine(tally)).toBe(line);
  expect(tally.remarks).toEqual(remarks);
});

test('stages add up', () => {
  const skip: ReportedTest = { name: 'c', state: 'skipped', note: 'no GPU' };
  const all = sum([tallyOfExit(0), tallyOfExit(1), suite(1, [passed, failed, skip])]);
  expect(lastLine(all)).toBe('2 passed, 2 failed, 1 skipped');
  expect(all.remarks).toEqual(['exit code 1', 'skipped: c: no GPU']);
});
