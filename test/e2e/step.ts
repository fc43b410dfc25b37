import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const bundle = (verb: string): string =>
  fileURLToPath(new URL(`../../dist/${verb}.js`, import.meta.url));

export interface Step {
  readonly code: number | null;
  readonly log: string;
  readonly errors: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The file that a step’s outputs are appended to, as the runner reads it. */
function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const [, name, delimiter] = /^([^=]+?)<<(.+)$/.exec(lines[at] ?? '') ?? [];
    if (name === undefined || delimiter === undefined) continue;
    const end = lines.indexOf(delimiter, at + 1);
    outputs[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return outputs;
}

export interface StepOptions {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The work tree, in which the runner starts a step. */
  readonly workspace?: string;
  /** Sent once the step has begun to print. */
  readonly stopWith?: NodeJS.Signals;
}

/** A built action, run as the runner runs it: inputs as variables, command files, and nothing else. */
export async function runStep(
  verb: string,
  { inputs, env = {}, workspace, stopWith }: StepOptions,
): Promise<Step> {
  const temp = await mkdtemp(join(tmpdir(), 'passmuster-step-'));
  onTestFinished(() => rm(temp, { recursive: true, force: true }));
  const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') };
  for (const file of Object.values(files)) await writeFile(file, '');
  const given = Object.entries(inputs).map(([name, value]) => [
    `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
    value,
  ]);
  const child = spawn(process.execPath, [bundle(verb)], {
    ...(workspace !== undefined && { cwd: workspace }),
    env: { RUNNER_TEMP: temp, ...files, ...Object.fromEntries(given), ...env },
  });
  let log = '';
  let errors = '';
  child.stdout.on('data', (data) => {
    if (stopWith && log === '') child.kill(stopWith);
    log += data;
  });
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const [output = '', summary = ''] = await Promise.all(
    Object.values(files).map((file) => readFile(file, 'utf8')),
  );
  const outputs = outputsIn(output);
  const report = outputs['report'];
  if (report) outputs['report'] = await readFile(report, 'utf8');
  return { code, log, errors, summary, outputs };
}
