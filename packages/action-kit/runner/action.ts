import { randomUUID } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setOutput } from '@actions/core';
import { type Ending, endingOf, endingOfError, traceOf } from '@passmuster/core/endings.ts';
import { InputError } from '@passmuster/core/errors.ts';
import type { Annotation, Outcome } from '@passmuster/core/outcome.ts';
import type { Page } from '@passmuster/core/page.ts';
import { endingPage } from '@passmuster/report/ending.ts';
import { markdown } from '@passmuster/report/markdown.ts';
import { terminalLines } from '@passmuster/report/terminal.ts';
import { readInputs } from '../spec/read.ts';
import type { OutputsOf, Verb, VerbSpec } from '../spec/verb.ts';
import { annotate } from './annotate.ts';
import { givenInputs } from './environment.ts';
import { jobLog } from './log.ts';
import { maskSecrets } from './mask.ts';
import { logProgress } from './progress.ts';
import { stopOnSignals } from './signals.ts';
import { sinceStart } from './since-start.ts';

/** Above this the platform drops a step's whole summary; other steps' parts do not count. */
const SUMMARY_BYTES = 1024 * 1024;
const LOG_WIDTH = 120;

const warn = (message: string): void => annotate([{ level: 'warning', message }]);

/** What cannot be shown changes nothing about what was found. */
function show(page: Page): void {
  jobLog.print(terminalLines(page, { colour: false, width: LOG_WIDTH }).join('\n'));
  const summary = process.env['GITHUB_STEP_SUMMARY'];
  if (!summary) return;
  try {
    appendFileSync(summary, markdown(page, SUMMARY_BYTES));
  } catch (error) {
    warn(`The step’s summary could not be written: ${(error as Error).message}`);
  }
}

function saveReport(verb: string, report: object): string {
  const folder = process.env['RUNNER_TEMP'] || tmpdir();
  const file = join(folder, `passmuster-${verb}-${randomUUID()}.json`);
  try {
    writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`, { flag: 'wx' });
    return file;
  } catch (error) {
    warn(`The report could not be saved: ${(error as Error).message}`);
    return '';
  }
}

function publish<S extends VerbSpec>(spec: S, outcome: Outcome<OutputsOf<S>>): Ending {
  const values: Readonly<Record<string, string | number>> = outcome.outputs;
  for (const name of Object.keys(spec.outputs)) {
    const value = name === 'report' ? saveReport(spec.name, outcome.report) : values[name];
    setOutput(name, value ?? '');
  }
  show(outcome.page);
  annotate(outcome.annotations);
  return endingOf(outcome.result);
}

function fail(verb: string, error: unknown): Ending {
  const ending = endingOfError(error);
  show(endingPage(verb, ending));
  if (ending.kind === 'bug') jobLog.debug(traceOf(error));
  annotate(
    ending.problems.map(
      ({ message, hint, place }): Annotation => ({
        level: 'error',
        title: `passmuster ${verb}`,
        message: hint ? `${message} ${hint}` : message,
        ...(place && { place }),
      }),
    ),
  );
  return ending;
}

async function attempt<S extends VerbSpec, Ports>(
  spec: S,
  verb: Verb<S, Ports>,
  ports: Ports,
): Promise<Ending> {
  const given = givenInputs(spec, process.env);
  maskSecrets(spec, given.raw);
  annotate(given.warnings.map((message) => ({ level: 'warning', message })));
  const { inputs, problems } = readInputs(spec, given.raw, (name) => `\`${name}\``);
  const all = [...given.problems, ...problems];
  if (all.length > 0) throw new InputError(all);
  const progress = logProgress(jobLog, sinceStart);
  return publish(spec, await verb(inputs, { ...ports, progress, signal: stopOnSignals() }));
}

/** One step of a job, from its inputs to its exit code. */
export async function runAction<S extends VerbSpec, Ports>(
  spec: S,
  verb: Verb<S, Ports>,
  ports: Ports,
): Promise<void> {
  const ending = await attempt(spec, verb, ports).catch((error) => fail(spec.name, error));
  process.exitCode = ending.exitCode;
}
