import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { columns } from './help.ts';

const BIN = fileURLToPath(new URL('./bin.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function passmuster(
  args: readonly string[],
  env: Record<string, string> = {},
  stopWith?: NodeJS.Signals,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      env: { PATH: process.env['PATH'], ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      if (stopWith && stderr === '') child.kill(stopWith);
      stderr += data;
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

test('without arguments it says what there is', async () => {
  const { code, stdout } = await passmuster([]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/Usage: passmuster <command>/);
  expect(stdout).toMatch(/^ {2}verify +Say whether the files/m);
});

test('an unknown command is the caller’s error, with the one that was meant', async () => {
  const { code, stdout, stderr } = await passmuster(['verfy']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('"verfy" is no command. Did you mean verify?');
});

test('help shows examples, flags and exit codes', async () => {
  const { code, stdout } = await passmuster(['verify', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('passmuster verify --path ./model --write');
  expect(stdout).toMatch(/--allow-extra <globs>/);
  expect(stdout).toMatch(/Permissions of a job’s token:\n {2}none/);
  expect(stdout).toMatch(/Exit codes: 0 done, 1 refused/);
});

test('all that is wrong with the flags is said at once', async () => {
  const { code, stderr } = await passmuster(['verify', '--pth', './x', '--allow-extra', '!a']);
  expect(code).toBe(2);
  expect(stderr).toContain('--pth is no flag of verify. Did you mean --path?');
  expect(stderr).toContain('--path is required');
  expect(stderr).toContain('--allow-extra holds the pattern "!a"');
});

test('errors for programs', async () => {
  const { code, stdout, stderr } = await passmuster(['verify', '--path', '/no/such', '--json']);
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    verb: 'verify',
    result: 'error',
    error: { kind: 'input' },
  });
});

test('no colour where nobody watches', async () => {
  const { stdout, stderr } = await passmuster(['verify']);
  expect(stdout + stderr).not.toContain('\u001b');
});

test('help fits the width', () => {
  const lines = columns(
    [
      ['--a', 'word '.repeat(30).trim()],
      [`--${'long'.repeat(10)}`, 'about'],
    ],
    60,
  );
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(lines[0]).toMatch(/^ {2}--a +word/);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s leaves nothing half-written', async (signal, exit) => {
  const folder = await mkdtemp(join(tmpdir(), 'passmuster-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'weights.bin'), '');
  await truncate(join(folder, 'weights.bin'), 60e9);
  const { code, stdout, stderr } = await passmuster(
    ['verify', '--path', folder, '--write'],
    {},
    signal,
  );
  expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
  expect(stderr).toContain(`Stopped by ${signal}; no new step was started.`);
  expect(await readdir(folder)).toEqual(['weights.bin']);
});

test('a policy that is wrong is shown where it is wrong', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'passmuster-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const config = join(folder, 'passmuster.yaml');
  await writeFile(config, 'environments:\n  production: { approvls: 2 }\n');
  const { code, stderr } = await passmuster(['check', '--config', config]);
  expect(code).toBe(2);
  expect(stderr).toContain('passmuster.yaml:2:17');
  expect(stderr).toMatch(/Did you\s+mean\s+`approvals`/);
  expect(stderr).toContain(`    production: { approvls: 2 }\n${' '.repeat(18)}^`);
  await writeFile(config, 'environments:\n  production: { approvals: 2 }\n');
  expect(await passmuster(['check', '--config', config])).toMatchObject({ code: 0, stderr: '' });
});

test('a policy with a waiver that has ended is well formed, and warned of', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'passmuster-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const config = join(folder, 'passmuster.yaml');
  const waiver = '{ gate: a <= 1, reason: r, approver: ann, until: 2024-12-31 }';
  await writeFile(config, `environments:\n  e: { gates: [a <= 1], waivers: [${waiver}] }\n`);
  const { code, stdout, stderr } = await passmuster(['check', '--config', config]);
  expect(code).toBe(0);
  expect(stdout).toContain('is well formed');
  expect(stderr).toMatch(
    /^Warning: .*passmuster\.yaml:2:35: The waiver of `a <= 1` .* 2024-12-31\./,
  );
});
