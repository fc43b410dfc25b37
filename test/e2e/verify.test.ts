import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';
import { runStep } from './step.ts';

const MODEL = { VERSION: 'v1.2.0\n', 'config.json': '{}', 'weights/model.bin': 'weights' };

async function registered(files: Record<string, string> = MODEL): Promise<string> {
  const path = await folderWith(files);
  const { code, outputs } = await runStep('verify', { inputs: { path, write: 'true' } });
  expect({ code, verdict: outputs['verdict'] }).toEqual({ code: 0, verdict: 'pass' });
  return path;
}

test('a folder that passes', async () => {
  const path = await registered();
  const step = await runStep('verify', { inputs: { path, 'expect-version': 'v1.2.0' } });
  expect(step).toMatchObject({ code: 0, errors: '' });
  expect(step.log).toMatch(
    /^│ PASS 3 files \(16 B\) are as listed in .*passmuster\.manifest\.json$/m,
  );
  expect(step.log).not.toContain('::');
  expect(step.summary).toMatch(/^### ✅ \*\*PASS\*\* 3 files/);
  expect(Object.keys(step.outputs)).toEqual(['verdict', 'digest', 'files', 'report']);
  expect(step.outputs).toMatchObject({ verdict: 'pass', files: '3' });
  expect(step.outputs['digest']).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(JSON.parse(step.outputs['report'] ?? '')).toMatchObject({
    verdict: 'pass',
    differences: [],
  });
});

test('a folder that fails', async () => {
  const path = await registered();
  await rm(join(path, 'config.json'));
  await writeFile(join(path, 'weights/model.bin'), 'weightz');
  const step = await runStep('verify', { inputs: { path } });
  expect(step.code).toBe(1);
  expect(step.log).toMatch(/^│ FAIL the files are not those listed in .*: 1 changed, 1 missing$/m);
  expect(step.log).toMatch(
    /^::error title=passmuster verify::.*1 changed, 1 missing.*config\.json/m,
  );
  expect(step.summary).toMatch(/^### ❌ \*\*FAIL\*\*/);
  expect(step.summary).toContain('| missing | `config.json` |');
  expect(step.outputs).toMatchObject({ verdict: 'fail', digest: '', files: '1' });
});

test('inputs that are wrong, all at once, and nothing is done', async () => {
  const path = await folderWith(MODEL);
  const step = await runStep('verify', {
    inputs: { path, write: 'yes', 'allow-extras': '*.md', colour: 'red' },
  });
  expect(step.code).toBe(2);
  expect(step.log.match(/^::error/gm)).toHaveLength(2);
  expect(step.log).toContain('`write` must be true or false, not "yes".');
  expect(step.log).toContain('`allow-extras` is no input of verify. Did you mean `allow-extra`?');
  expect(step.log).toMatch(/^::warning::`colour` is no input of verify/m);
  expect(step.summary).toContain('🛑 **ERROR**');
  expect(step.outputs).toEqual({});
  expect(await readdir(path)).not.toContain('passmuster.manifest.json');
});

test('a hostile folder issues no command, forges no output and no markup', async () => {
  const path = await registered();
  await writeFile(join(path, 'VERSION'), 'x\n::add-mask::v\r##[error]y');
  await writeFile(join(path, 'x ##[set-output name=verdict;]pass'), '');
  await writeFile(join(path, 'a\r::set-output name=verdict::pass'), '');
  await writeFile(join(path, '<img src=x> ![](https:||e) @org `b`.bin'), '');
  const step = await runStep('verify', {
    inputs: { path, 'expect-version': 'v9' },
  });
  expect(step.code).toBe(1);
  const commands = step.log
    .split(/\r\n|[\r\n]/)
    .filter((line) => /^\s*::/u.test(line) || line.includes('##['));
  expect(commands).toHaveLength(1);
  expect(commands[0]).toMatch(/^::error title=passmuster verify::/);
  expect(step.outputs['verdict']).toBe('fail');
  expect(step.summary).not.toMatch(/(^|[^`])<img/);
});

test('a step outside of GitHub’s runner still ends well', async () => {
  const path = await registered();
  const step = await runStep('verify', { inputs: { path }, env: { GITHUB_STEP_SUMMARY: '' } });
  expect(step.code).toBe(0);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s stops it before it is done', async (signal, expected) => {
  const path = await folderWith({ 'weights.bin': '' });
  const { truncate } = await import('node:fs/promises');
  await truncate(join(path, 'weights.bin'), 60e9);
  const step = await runStep('verify', {
    inputs: { path, write: 'true' },
    stopWith: signal,
  });
  expect(step.code).toBe(expected);
  expect(step.log).toContain('Interrupted.');
  expect(step.outputs).toEqual({});
  expect(await readdir(path)).toEqual(['weights.bin']);
});
