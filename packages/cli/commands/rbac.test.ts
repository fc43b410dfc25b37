import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { parseAllDocuments } from 'yaml';

const BIN = fileURLToPath(new URL('../bin.js', import.meta.url));

const POLICY = `environments:
  staging: {}
  production: { configmap: ml/versions }
`;

/** `passmuster rbac` where the policy is that file. */
async function rbac(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'passmuster-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'passmuster.yaml'), POLICY);
  const child = spawn(process.execPath, [BIN, 'rbac', ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

const kindsIn = (text: string): unknown[] =>
  parseAllDocuments(text).map((document) => document.get('kind'));

test('what it prints can be applied as it is', async () => {
  const { code, out, err } = await rbac('--environment', 'production', '--restrict');
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^# What .* for the ConfigMap ml\/versions\.\n/);
  expect(out).toContain('\n---\napiVersion: ');
  expect(kindsIn(out)).toEqual([
    'Role',
    'RoleBinding',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
  ]);
});

test('for programs', async () => {
  const { code, out } = await rbac('--configmap', 'a/b', '--user', 'ann', '--json');
  expect(code).toBe(0);
  const { report } = JSON.parse(out);
  expect(report).toMatchObject({ configmap: 'a/b', user: 'ann' });
  expect(kindsIn(report.manifest)).toEqual(['Role', 'RoleBinding']);
});

test.each<[string, string[], RegExp]>([
  ['nothing says for what', [], /Neither --environment nor --configmap is given/],
  ['two things say so', ['--environment', 'production', '--configmap', 'a/b'], /both given/],
  ['no such environment', ['--environment', 'prodution'], /Did you\s+mean\s+`production`/],
  ['one without a ConfigMap', ['--environment', 'staging'], /has no\s+`configmap`/],
  ['no such policy', ['--environment', 'production', '--config', 'no.yaml'], /no no\.yaml here/],
  [
    'two to whom it is given',
    ['--configmap', 'a/b', '--user', 'x', '--service-account', 'a/x'],
    /--user and --service-account are both given/,
  ],
  ['no place', ['--configmap', 'a'], /--configmap must be a namespace and a name/],
  ['no account', ['--configmap', 'a/b', '--service-account', 'x'], /--service-account must be/],
  ['no workload', ['--configmap', 'a/b', '--restart', 'job/x'], /which is no\s+workload/],
  [
    'nothing to restrict',
    ['--configmap', 'a/b', '--read-only', '--restrict'],
    /nothing of a\s+workload may be changed/,
  ],
])('refuses where there is %s', async (_, args, says) => {
  const { code, out, err } = await rbac(...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(says);
});
