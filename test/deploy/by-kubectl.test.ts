import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ask } from '@passmuster/cluster/double/double.fixture.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import { byKubectl } from '@passmuster/verbs/traffic/by-kubectl.ts';
import { expect, test } from 'vitest';
import {
  dataIn,
  deploy,
  notesIn,
  promoted,
  run,
  SERVES,
  stampOn,
  type World,
  world,
} from './serving.fixture.ts';

const execute = promisify(execFile);

/** What a shell hands over to `kubectl`, a line each. */
async function commandsIn(text: string): Promise<string[][]> {
  const script = `kubectl() { printf '%s\\0' "$@"; printf '\\1'; }\n${text}`;
  const { stdout } = await execute('sh', ['-c', script]);
  return stdout
    .split('\u0001')
    .filter(Boolean)
    .map((line) => line.split('\0').slice(0, -1));
}

const PATHS: Readonly<Record<string, string>> = {
  configmap: '/api/v1/namespaces/ml/configmaps',
  deployment: '/apis/apps/v1/namespaces/ml/deployments',
};

/** Sends what `kubectl` would. */
async function carriedOut({ double }: World, text: string): Promise<void> {
  for (const [n, namespace, patch, what = '', ...more] of await commandsIn(text)) {
    expect([n, namespace, patch]).toEqual(['-n', 'ml', 'patch']);
    const [kind = '', name = more.shift()] = what.split('/');
    const [type, merge, p, body] = more;
    expect([type, merge, p]).toEqual(['--type', 'merge', '-p']);
    const answer = await ask(double, { method: 'PATCH', path: `${PATHS[kind]}/${name}`, body });
    expect(answer.status, answer.text).toBe(200);
  }
}

const HOSTILE = "v1'; kubectl delete ns ml; echo '\u001b[31m$(id) `id` \\ \u202e é";

test.each([SERVES, { ...SERVES, current_version: HOSTILE }])(
  'what it prints puts back what stood there: %j',
  async (data) => {
    const at = await world({ data });
    await promoted(at);
    const { outputs, report } = await deploy(at);
    expect(outputs.outcome).toBe('deployed');
    const { steps } = report as unknown as { steps: Step[] };
    const text = byKubectl(
      steps,
      steps.map(({ after }) => after),
    );
    // Nothing but what a terminal shows as it is.
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    await carriedOut(at, text);
    expect(dataIn(at)).toEqual(data);
    expect(notesIn(at)).toEqual({});
    expect(stampOn(at, 'stable')).toEqual({});
  },
);

test('of what stands as before nothing is printed', async () => {
  const at = await world();
  const { report } = await run(at);
  const { steps } = report as unknown as { steps: Step[] };
  expect(
    byKubectl(
      steps,
      steps.map(({ before }) => before),
    ),
  ).toBe('');
  const half = steps.map(({ kind, before, after }) => (kind === 'restart' ? after : before));
  expect(byKubectl(steps, half).split('\n')).toEqual([
    expect.stringContaining('patch deployment/stable --type merge'),
  ]);
});
