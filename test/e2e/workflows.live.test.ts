import { globSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tool } from '../services/install.ts';
import { type Ran, run } from '../services/run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let bad = '';

const WORKFLOWS = ['.github/workflows/*.yml', 'workflows-examples/**/*.yml'];
const ACTIONS = ['action.yml', 'actions/*/action.yml'];

/** Without the linters of scripts that a machine may have or not. */
const actionlint = async (cwd: string, files: readonly string[]): Promise<Ran> =>
  run(await tool('actionlint'), ['-no-color', '-shellcheck=', '-pyflakes=', ...files], { cwd });

const zizmor = async (cwd: string, files: readonly string[]): Promise<Ran> => {
  const strict = ['--offline', '--persona=pedantic', '--strict-collection'];
  const plain = ['--format=plain', '--color=never', '--no-progress'];
  return run(await tool('zizmor'), [...strict, ...plain, ...files], { cwd });
};

beforeAll(async () => {
  bad = await mkdtemp(`${tmpdir()}/workflows-`);
  for (const [file, text] of Object.entries(BAD)) {
    await mkdir(dirname(`${bad}/${file}`), { recursive: true });
    await writeFile(`${bad}/${file}`, text);
  }
});

afterAll(() => rm(bad, { recursive: true }));

test('actionlint finds nothing in our workflows', async () => {
  const files = globSync(WORKFLOWS, { cwd: root });
  expect(files).toContain('.github/workflows/ci.yml');
  expect(await actionlint(root, files)).toEqual({ code: 0, output: '' });
});

test('zizmor finds nothing in our workflows and actions', async () => {
  const patterns = [...WORKFLOWS, ...ACTIONS, '.github/dependabot.yml'];
  const files = globSync(patterns, { cwd: root });
  expect(files).toContain('actions/verify/action.yml');
  const { code, output } = await zizmor(root, files);
  expect(code, output).toBe(0);
  for (const file of files) expect(output).toContain(`completed ${file}`);
});

test('actionlint would have found something', async () => {
  const { code, output } = await actionlint(bad, ['.github/workflows/bad.yml']);
  expect(code, output).toBe(1);
  expect(output).toContain('"github.event.issue.title" is potentially untrusted');
});

test.each([
  ['.github/workflows/bad.yml', ['unpinned-uses', 'template-injection', 'excessive-permissions']],
  ['action.yml', ['template-injection']],
  ['.github/dependabot.yml', ['dependabot-cooldown']],
])('zizmor would have found something in %s', async (file, audits) => {
  const { code, output } = await zizmor(bad, [file]);
  expect(code, output).toBeGreaterThan(10);
  for (const audit of audits) expect(output).toMatch(new RegExp(`^\\w+\\[${audit}\\]`, 'm'));
});

const BAD = {
  '.github/workflows/bad.yml': `
name: Bad
on: issues
permissions: write-all
jobs:
  greet:
    name: Greet
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: echo "\${{ github.event.issue.title }}"
`,
  'action.yml': `
name: Bad
description: Puts an input into a script.
inputs:
  title:
    description: Anybody's text.
runs:
  using: composite
  steps:
    - run: echo "\${{ inputs.title }}"
      shell: bash
`,
  '.github/dependabot.yml': `
version: 2
updates:
  - package-ecosystem: npm
    directory: /
    schedule:
      interval: daily
`,
};
