import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestModule } from 'vitest/node';

/** What a suite came to, as a file; vitest's own JSON keeps no reason of a skip. */
export interface SuiteReport {
  readonly tests: readonly ReportedTest[];
  /** Errors outside of tests, and files that could not be run. */
  readonly errors: readonly string[];
}

export interface ReportedTest {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending';
  /** The reason of a skip, if it has one. */
  readonly note?: string;
}

/** A reporter of vitest that writes to the file named by PASSMUSTER_REPORT. */
export class SuiteReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly { readonly message: string }[],
  ): void {
    const report: SuiteReport = {
      tests: modules.flatMap(testsOf),
      errors: [
        ...modules.flatMap((one) =>
          one.errors().map((error) => `${one.relativeModuleId}: ${firstLine(error.message)}`),
        ),
        ...unhandled.map(({ message }) => firstLine(message)),
      ],
    };
    const file = process.env['PASSMUSTER_REPORT'] ?? 'reports/suite.json';
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(report));
  }
}

const firstLine = (message: string): string =>
  stripVTControlCharacters(message).split('\n', 1)[0] ?? '';

const testsOf = (module: TestModule): ReportedTest[] =>
  [...module.children.allTests()].map((test) => {
    const result = test.result();
    const note = result.state === 'skipped' ? result.note : undefined;
    return {
      name: `${module.relativeModuleId} > ${test.fullName}`,
      state: result.state,
      ...(note ? { note } : {}),
    };
  });

// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by its default export
export default SuiteReporter;
