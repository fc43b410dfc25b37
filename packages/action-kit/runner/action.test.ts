import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const STEP = fileURLToPath(new URL('./step.fixture.ts', import.meta.url));

async function step(version: string, env: Record<string, string> = {}, stopWith?: NodeJS.Signals) {
  const temp = await mkdtemp(join(tmpdir(), 'passmuster-runner-'));
  onTestFinished(() => rm(temp, { recursive: true, force: true }));
  const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') };
  for (const file of Object.values(files)) await writeFile(file, '');
  const given = { INPUT_MODEL: 'gpt', INPUT_VERSION: version };
  const child = spawn(process.execPath, [STEP], {
    env: { RUNNER_TEMP: temp, ...files, ...given, ...env },
  });
  let log = '';
  child.stdout.on('data', (data) => {
    if (stopWith && log === '') child.kill(stopWith);
    log += data;
  });
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const summary = await readFile(files.GITHUB_STEP_SUMMARY, 'utf8');
  return {
    exit,
    lines: log.split('\n'),
    summary,
    output: await readFile(files.GITHUB_OUTPUT, 'utf8'),
  };
}

test('a secret is masked, in the forms it may turn up in, before anything else is printed', async () => {
  const { lines } = await step('tell', { 'INPUT_GITHUB-TOKEN': 's3cret/+token' });
  const masks = lines.filter((line) => line.startsWith('::add-mask::'));
  expect(lines.slice(0, masks.length)).toEqual(masks);
  expect(masks).toContain('::add-mask::s3cret/+token');
  expect(masks).toContain('::add-mask::s3cret%2F%2Btoken'.replaceAll('%', '%25'));
  expect(masks).toContain(`::add-mask::${Buffer.from('s3cret/+token').toString('hex')}`);
  expect(masks).toContain(`::add-mask::${Buffer.from('s3cret/+token').toString('base64url')}`);
});

test('a secret is masked even where the inputs are wrong', async () => {
  const { exit, lines } = await step('', { 'INPUT_GITHUB-TOKEN': 's3cret', INPUT_MODEL: '' });
  expect(exit).toBe(2);
  const [first = ''] = lines;
  expect(first).toMatch(/^::add-mask::/);
  expect(lines.indexOf('::add-mask::s3cret')).toBeLessThan(
    lines.findIndex((line) => line.startsWith('│')),
  );
  expect(lines).toContain('::add-mask::s3cret');
});

test('outputs have the names of the spec, and no others', async () => {
  const { output } = await step('fine');
  expect(output.match(/^\w+(?=<<ghadelimiter)/gm)).toEqual(['verdict', 'report']);
});

test('a hostile output stays one value', async () => {
  const { output } = await step('forge');
  const [, delimiter = '', value] = /^verdict<<(\S+)\n(.*?)\n\1\n/s.exec(output) ?? [];
  expect(value).toBe('pass\nghadelimiter_x\npromoted=true\nreport<<y\nz\ny');
  expect(delimiter).toMatch(/^ghadelimiter_[0-9a-f-]{36}$/);
});

test('annotations and summary stay within what the platform takes', async () => {
  const { lines, summary } = await step('many');
  const warnings = lines.filter((line) => line.startsWith('::warning::'));
  expect(warnings).toHaveLength(10);
  expect(warnings[0]).toHaveLength('::warning::'.length + 4096);
  expect(warnings[9]).toBe('::warning::… and 4991 more; the step’s summary has them all.');
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1024 * 1024);
  expect(summary).toMatch(/… and [\d,]+ more of 5,000\./);
});

test('a bug says that it is ours and where to report it; the stack only on debug', async () => {
  const { exit, lines, summary } = await step('bug');
  expect(exit).toBe(70);
  const log = lines.join('\n');
  expect(log).toContain('TypeError: undefined is not a function');
  expect(log).toContain('https://github.com/passmuster/passmuster/issues/new');
  expect(summary).toContain('a bug in Passmuster');
  const stack = lines.filter((line) => line.includes('step.fixture.ts'));
  expect(stack.length).toBeGreaterThan(0);
  expect(stack.every((line) => line.startsWith('::debug::'))).toBe(true);
});

test('what cannot be shown changes nothing about the verdict', async () => {
  const nowhere = { GITHUB_STEP_SUMMARY: '/no/such/file', RUNNER_TEMP: '/no/such/folder' };
  const { exit, lines, output } = await step('fine', nowhere);
  expect(exit).toBe(0);
  expect(output).toMatch(/^verdict<</);
  expect(lines.filter((line) => line.startsWith('::warning::'))).toHaveLength(2);
});

test('an output that cannot be set fails the step, after what was found is shown', async () => {
  const { exit, lines } = await step('fine', { GITHUB_OUTPUT: '/no/such/file' });
  expect(exit).toBe(4);
  expect(lines.join('\n')).toMatch(/│ PASS fine\n.*::error::The output verdict could not be set/s);
});

test('what nobody caught is a bug, not a refusal', async () => {
  const { exit, lines } = await step('later');
  expect(exit).toBe(70);
  expect(lines.join('\n')).toContain('Error: nobody caught this');
});

test('a wait that a signal ended is an interruption', async () => {
  const { exit, lines } = await step('wait', {}, 'SIGTERM');
  expect(exit).toBe(143);
  expect(lines.join('\n')).toContain('Stopped by SIGTERM');
});
