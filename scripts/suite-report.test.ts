import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { SuiteReport } from './suite-report.ts';

const vitest = fileURLToPath(new URL('../node_modules/.bin/vitest', import.meta.url));
const reporter = fileURLToPath(new URL('./suite-report.ts', import.meta.url));

/** Runs vitest itself on made-up test files, and reads what our reporter wrote. */
async function reportOf(files: Record<string, string>): Promise<SuiteReport> {
  const folder = await mkdtemp(`${tmpdir()}/suite-`);
  for (const [name, source] of Object.entries(files)) await writeFile(`${folder}/${name}`, source);
  const args = ['run', '--globals', '--root', folder, '--reporter', reporter];
  const env = { ...process.env, PASSMUSTER_REPORT: `${folder}/report.json` };
  await promisify(execFile)(vitest, args, { env, cwd: folder }).catch(() => 'it is meant to fail');
  const text = await readFile(`${folder}/report.json`, 'utf8');
  await rm(folder, { recursive: true });
  return JSON.parse(text);
}

const SLOW = 60_000;

test('each test with its state, and a skip with its reason', { timeout: SLOW }, async () => {
  const source = `
    test('good', () => {});
    test('bad', () => expect(1).toBe(2));
    test('excused', (context) => context.skip('no GPU'));
    test.skip('not excused', () => {});
    describe('group', () => {
      beforeAll(() => { throw new Error('not ready') });
      test('never run', () => {});
    });
  `;
  const { tests, errors } = await reportOf({ 'x.test.js': source });
  expect(errors).toEqual([]);
  expect(tests).toEqual([
    { name: 'x.test.js > good', state: 'passed' },
    { name: 'x.test.js > bad', state: 'failed' },
    { name: 'x.test.js > excused', state: 'skipped', note: 'no GPU' },
    { name: 'x.test.js > not excused', state: 'skipped' },
    { name: 'x.test.js > group > never run', state: 'skipped' },
  ]);
});

test('what goes wrong outside of tests', { timeout: SLOW }, async () => {
  const { errors } = await reportOf({
    'a.test.js': "import './not-there.js'",
    'b.test.js': "beforeAll(() => { throw new Error('no disk') }); test('x', () => {})",
    'c.test.js': "test('x', () => void Promise.reject(new Error('late')))",
  });
  expect(errors.toSorted()).toEqual([
    expect.stringContaining('a.test.js: Cannot find module'),
    expect.stringContaining('b.test.js: no disk'),
    'late',
  ]);
});
