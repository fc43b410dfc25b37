import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEvaluation } from '@passmuster/evidence/evaluations/index.ts';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const schema = readFileSync(join(root, 'schemas/validate-report.schema.json'), 'utf8');
const isReport = new Ajv().compile(JSON.parse(schema));

const FILES = {
  'eval/results.json': '{"accuracy": 0.84, "f1": null, "latency_p95_ms": 130}',
  'eval/baseline.json': '{"accuracy": 0.81}',
};

const GATES = [
  'accuracy >= champion',
  'accuracy >= 0.9',
  'f1 >= 0.5',
  'warn: latency_p95_ms <= 120',
].flatMap((gate) => ['--gates', gate]);

const GIVEN = ['--evaluations', 'eval/*s.json', '--champion-evaluations', 'eval/baseline.json'];

function validate(cwd: string, ...args: string[]) {
  const program = join(root, 'dist/passmuster.js');
  const env = { PATH: process.env['PATH'], NO_COLOR: '1' };
  return spawnSync(process.execPath, [program, 'validate', ...args], {
    cwd,
    env,
    encoding: 'utf8',
  });
}

test.each([
  ['that passes', ['--gates', 'accuracy >= 0.8'], 0, 'done', 'pass'],
  ['that fails', GATES, 1, 'refused', 'fail'],
  ['that is inconclusive', ['--gates', 'f1 >= 0.5'], 1, 'refused', 'inconclusive'],
  ['without a gate', [], 0, 'done', 'inconclusive'],
])('JSON on the command line: one %s', async (_, gates, code, result, verdict) => {
  const folder = await folderWith(FILES);
  const { status, stdout, stderr } = validate(folder, ...GIVEN, ...gates, '--json');
  expect({ status, stderr }).toEqual({ status: code, stderr: '' });
  const { report, ...rest } = JSON.parse(stdout);
  expect(rest).toMatchObject({ verb: 'validate', result, outputs: { verdict, version: '' } });
  expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
  expect(report).toMatchObject({ verdict, in_force: true, policy: 'none' });
});

test('inputs that are wrong, as JSON', async () => {
  const { status, stdout } = validate(await folderWith({}), '--version', 'v1.0.0', '--json');
  expect(status).toBe(2);
  const { result, error } = JSON.parse(stdout);
  expect({ result, kind: error.kind }).toEqual({ result: 'error', kind: 'input' });
  expect(error.problems).toMatchObject([{ message: expect.stringContaining('without `model`') }]);
});

test('a file of test results has each gate once, and a warning fails no suite', async () => {
  const folder = await folderWith(FILES);
  const path = 'reports/gates.xml';
  const { status, stderr } = validate(folder, ...GIVEN, ...GATES, '--junit', path);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  const bytes = readFileSync(join(folder, path));
  const { measured } = await readEvaluation(bytes, { path, digest: '' });
  const counted = Object.fromEntries(measured.map(({ metric, value }) => [metric, value]));
  expect(counted).toMatchObject({ tests: 4, failures: 1, errors: 1, skipped: 1 });
  expect(bytes.toString()).toContain(
    '<testcase classname="line 2 of the input `gates`" name="accuracy &gt;= 0.9">\n' +
      '      <failure message="0.84 is 0.06 below 0.9."/>',
  );
});

test('test results that cannot be written are warned of, and the verdict stands', async () => {
  const folder = await folderWith(FILES);
  const asked = [...GIVEN, '--gates', 'accuracy >= 0.8', '--junit', 'eval/results.json/x.xml'];
  const { status, stdout, stderr } = validate(folder, ...asked);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^PASS The files: 1 of 1 gate passes\n/);
  expect(stderr).toMatch(/^Warning: "eval\/results\.json\/x\.xml" could not be written: /);
});
