import { setSecret } from '@actions/core';
import { type Ending, endingOf, endingOfError, traceOf } from '@passmuster/core/endings.ts';
import { InputError } from '@passmuster/core/errors.ts';
import type { Annotation, Outcome } from '@passmuster/core/outcome.ts';
import type { Voice } from '@passmuster/core/voice.ts';
import { endingPage } from '@passmuster/report/ending.ts';
import { systemClock } from '../run/clock.ts';
import { guard } from '../run/guard.ts';
import { thisHost } from '../run/host.ts';
import { logProgress } from '../run/progress.ts';
import { stopOnSignals } from '../run/signals.ts';
import { sinceStart } from '../run/since-start.ts';
import { readInputs } from '../spec/read.ts';
import { formsOf, secretsIn } from '../spec/secrets.ts';
import type { Open, OutputsOf, Verb, VerbSpec } from '../spec/verb.ts';
import { annotate } from './annotate.ts';
import { type Given, givenInputs } from './environment.ts';
import { jobLog } from './log.ts';
import { printPage, publishOutput, saveReport, summarize } from './show.ts';

const warnings = (messages: readonly (string | undefined)[]): Annotation[] =>
  messages.flatMap((message) => (message ? [{ level: 'warning', message }] : []));

/** Shows first, then hands on: what was found must be seen even where the outputs cannot be set. */
function publish<S extends VerbSpec>(
  spec: S,
  outcome: Outcome<OutputsOf<S>>,
  notes: readonly string[],
): Ending {
  const failures = [printPage(outcome.page), summarize(outcome.page)];
  const values: Readonly<Record<string, string | number>> = outcome.outputs;
  const unset: string[] = [];
  for (const name of Object.keys(spec.outputs)) {
    const saved = name === 'report' ? saveReport(spec.name, outcome.report) : undefined;
    failures.push(saved?.failure);
    const failure = publishOutput(name, saved?.file ?? values[name] ?? '');
    if (failure) unset.push(failure);
  }
  const errors = unset.map((message): Annotation => ({ level: 'error', message }));
  annotate([...outcome.annotations, ...errors, ...warnings([...failures, ...notes])]);
  return endingOf(unset.length > 0 && outcome.result === 'done' ? 'upstream' : outcome.result);
}

function fail(verb: string, error: unknown, signal: AbortSignal, notes: readonly string[]): Ending {
  const ending = endingOfError(error, signal);
  const page = endingPage(verb, ending);
  const failures = [printPage(page), summarize(page)];
  if (ending.kind === 'bug') jobLog.debug(traceOf(error));
  const errors = ending.problems.map(
    ({ message, hint, place }): Annotation => ({
      level: 'error',
      title: `passmuster ${verb}`,
      message: hint ? `${message} ${hint}` : message,
      ...(place && { place }),
    }),
  );
  annotate([...errors, ...warnings([...failures, ...notes])]);
  return ending;
}

/** Warnings are annotations, which the platform counts: all of them are made at the end. */
const voiceOf = ({ warnings: notes }: Given): Voice => ({
  note: (text) => jobLog.print(text),
  warn(text) {
    jobLog.print(`Warning: ${text}`);
    notes.push(text);
  },
  hide(secret) {
    for (const form of formsOf(secret)) setSecret(form);
  },
});

async function carryOut<S extends VerbSpec, Ports>(
  spec: S,
  verb: Verb<S, Ports>,
  open: Open<S, Ports>,
  given: Given,
  signal: AbortSignal,
): Promise<Outcome<OutputsOf<S>>> {
  const reading = readInputs(spec, given.raw, (name) => `\`${name}\``);
  const wrong = 'problems' in reading ? reading.problems : [];
  if ('problems' in reading || given.problems.length > 0) {
    throw new InputError([...given.problems, ...wrong]);
  }
  const around = {
    progress: logProgress(jobLog, sinceStart),
    voice: voiceOf(given),
    clock: systemClock(),
    host: thisHost(process.env),
    signal,
  };
  return verb(reading.inputs, { ...open(reading.inputs, around), ...around });
}

/** One step of a job, from its inputs to its exit code. */
export async function runAction<S extends VerbSpec, Ports>(
  spec: S,
  verb: Verb<S, Ports>,
  open: Open<S, Ports>,
): Promise<void> {
  const given = givenInputs(spec, process.env);
  for (const secret of secretsIn(spec, given.raw)) setSecret(secret);
  const signal = stopOnSignals();
  const failed = (error: unknown) => fail(spec.name, error, signal, given.warnings).exitCode;
  guard(failed);
  const exitCode = await carryOut(spec, verb, open, given, signal).then(
    (outcome) => publish(spec, outcome, given.warnings).exitCode,
    failed,
  );
  process.exitCode = exitCode;
}
