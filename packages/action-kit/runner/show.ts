import { randomUUID } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setOutput } from '@actions/core';
import type { Page } from '@passmuster/core/page.ts';
import { markdown } from '@passmuster/report/markdown.ts';
import { terminalLines } from '@passmuster/report/terminal.ts';
import { jobLog } from './log.ts';

/** Above this the platform drops a step's whole summary. */
const SUMMARY_BYTES = 1024 * 1024;
/** A log wraps by itself; this is where prose becomes hard to read. */
const LOG_WIDTH = 140;

/** What could not be shown, for a warning; it changes nothing about what was found. */
type Failure = string | undefined;

function attempt(what: string, effect: () => void): Failure {
  try {
    effect();
    return undefined;
  } catch (error) {
    return `${what}: ${error instanceof Error ? error.message : error}`;
  }
}

export const printPage = (page: Page): Failure =>
  attempt('The outcome could not be printed', () => {
    jobLog.print(terminalLines(page, { colour: false, width: LOG_WIDTH }).join('\n'));
  });

export function summarize(page: Page): Failure {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (!file) return undefined;
  return attempt('The step’s summary could not be written', () => {
    appendFileSync(file, markdown(page, SUMMARY_BYTES));
  });
}

/** The path of the saved report; empty when it could not be saved. */
export function saveReport(verb: string, report: object): { file: string; failure: Failure } {
  const folder = process.env['RUNNER_TEMP'] || tmpdir();
  const file = join(folder, `passmuster-${verb}-${randomUUID()}.json`);
  const failure = attempt('The report could not be saved', () => {
    writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`, { flag: 'wx' });
  });
  return { file: failure ? '' : file, failure };
}

/** Unlike the rest, a job goes on from its outputs: one that cannot be set must not pass unseen. */
export const publishOutput = (name: string, value: string | number): Failure =>
  attempt(`The output ${name} could not be set`, () => setOutput(name, value));
