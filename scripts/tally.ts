import type { SuiteReport } from './suite-report.ts';

/** What a stage adds to the last line, and what a reader of that line must be told. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly remarks: readonly string[];
}

/** A stage that makes no report counts as one. */
export const tallyOfExit = (code: number): Tally =>
  code === 0
    ? { passed: 1, failed: 0, skipped: 0, remarks: [] }
    : { passed: 0, failed: 1, skipped: 0, remarks: [`exit code ${code}`] };

/** A suite by its report; whatever is not clearly a pass is a failure. */
export function tallyOfSuite(code: number, report: SuiteReport | undefined): Tally {
  if (!report) return { passed: 0, failed: 1, skipped: 0, remarks: ['there is no report'] };
  const remarks = report.errors.map((error) => `error outside of a test: ${error}`);
  let [passed, failed, skipped] = [0, report.errors.length, 0];
  for (const { name, state, note } of report.tests) {
    if (state === 'passed') passed += 1;
    else if (state === 'skipped' && note) skipped += 1;
    else failed += 1;
    if (state === 'skipped') remarks.push(`skipped: ${name}: ${note ?? 'without a reason'}`);
    if (state === 'pending') remarks.push(`did not end: ${name}`);
  }
  if (passed + failed === 0) remarks.push('no test was run');
  else if (code !== 0 && failed === 0) remarks.push(`exit code ${code}, though no test failed`);
  else return { passed, failed, skipped, remarks };
  return { passed, failed: failed + 1, skipped, remarks };
}

export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((total, { passed }) => total + passed, 0),
  failed: tallies.reduce((total, { failed }) => total + failed, 0),
  skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
  remarks: tallies.flatMap(({ remarks }) => remarks),
});

export const lastLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
