import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { SuiteReport } from './suite-report.ts';
import { type Tally, tallyOfExit, tallyOfSuite } from './tally.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export interface Stage {
  readonly title: string;
  /** The npm script to run. */
  readonly script: string;
  /** Whether it runs tests, and so makes a report. */
  readonly suite?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

export interface Ended {
  readonly stage: Stage;
  readonly tally: Tally;
  readonly seconds: number;
}

/** Runs one npm script under a heading, in full view, with nobody to answer questions. */
export async function runStage(stage: Stage): Promise<Ended> {
  console.log(`\n=== ${stage.title}`);
  const start = performance.now();
  const report = `reports/${stage.script.replace(':', '-')}.json`;
  await rm(root + report, { force: true });
  const reporters = ['--', '--reporter=default', '--reporter=./scripts/suite-report.ts'];
  const child = spawn('npm', ['run', stage.script, ...(stage.suite ? reporters : [])], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...stage.env, PASSMUSTER_REPORT: root + report },
  });
  const [code] = await once(child, 'exit');
  const exit = typeof code === 'number' ? code : 1;
  const tally = stage.suite
    ? tallyOfSuite(exit, await readReport(root + report))
    : tallyOfExit(exit);
  const seconds = (performance.now() - start) / 1000;
  const end = tally.failed === 0 ? 'passed' : 'FAILED';
  console.log(`=== ${stage.title}: ${end} after ${seconds.toFixed(1)} s`);
  return { stage, tally, seconds };
}

/** A report that cannot be read is as good as none. */
const readReport = (file: string): Promise<SuiteReport | undefined> =>
  readFile(file, 'utf8')
    .then((text) => JSON.parse(text))
    .catch(() => undefined);
