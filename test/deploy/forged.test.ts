import { CONFIGMAP, RESTART } from '@passmuster/core/cluster/steps.ts';
import type { Held } from '@passmuster/core/ledger/ledger.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import { expect, test } from 'vitest';
import { ledgerOf, problemsOf } from '../promote/running.fixture.ts';
import { looking } from '../register/running.fixture.ts';
import { dataIn, deploy, run, versionOf, type World, world, written } from './serving.fixture.ts';

const { signal } = new AbortController();

/** An open ticket with a record that somebody has made up from one of ours. */
async function forge(
  { address }: World,
  steps: readonly Step[],
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const ledger = ledgerOf(await looking(address));
  const last = await ledger.last({ environment: 'production' }, signal);
  if (last === undefined) throw new Error('nothing was moved');
  const held: Held = await ledger.take(
    {
      queue: 'moves',
      environment: 'production',
      intent: 'deploy production serve',
      marks: new Map(),
    },
    {
      ...{ wait: 0, signal, waiting: () => {} },
      answerFor: async () => ({ outcome: 'void', result: {} }),
    },
  );
  const { gates: _, plan: __, ...record } = last.record ?? {};
  const live = { number: '2', version: 'v1.1.0' };
  const traffic = { configmap: 'ml/versions', current: 'v1.1.0', share: 0 };
  const own = { verb: 'deploy', from: { ...live, ticket: last.number }, to: live, traffic };
  await held.record({ ...record, ...own, ...more, steps: steps.map((step) => ({ ...step })) });
  await held.letGo('SIGTERM');
  return held.number;
}

type Stood = Readonly<Record<string, unknown>>;
const step = (kind: string, place: string, before: Stood, after: Stood): Step => ({
  ...{ kind, place },
  before: JSON.stringify({ ...before, annotations: before['annotations'] ?? {} }),
  after: JSON.stringify({ ...after, annotations: after['annotations'] ?? {} }),
});

const NOW = { current_version: 'v1.1.0' };
const OTHERS = 'which is none of its environment';

test.each<[string, Step, string]>([
  [
    'another ConfigMap',
    step(CONFIGMAP, 'ml/other', { data: NOW }, { data: { current_version: 'v1.0.0' } }),
    `it changes ml/other, ${OTHERS}`,
  ],
  [
    'that of another namespace',
    step(CONFIGMAP, 'kube-system/versions', { data: NOW }, { data: { current_version: 'v1.0.0' } }),
    `it changes kube-system/versions, ${OTHERS}`,
  ],
  [
    'another key',
    step(CONFIGMAP, 'ml/versions', { data: { admin: null } }, { data: { admin: 'mallory' } }),
    `it changes ml/versions, ${OTHERS}`,
  ],
  [
    'an annotation that is none of ours',
    step(...([CONFIGMAP, 'ml/versions', { data: NOW }] as const), {
      data: { current_version: 'v1.0.0' },
      annotations: { 'a.example/b': 'x' },
    }),
    `it changes ml/versions, ${OTHERS}`,
  ],
  [
    'a workload of another namespace',
    step(
      ...([
        RESTART,
        'kube-system/Deployment/dns',
        { annotations: { 'passmuster.dev/version': null } },
      ] as const),
      { annotations: { 'passmuster.dev/version': 'v1.1.0' } },
    ),
    `it changes kube-system/Deployment/dns, ${OTHERS}`,
  ],
  [
    'what a template says beside our stamps',
    step(
      ...([
        RESTART,
        'ml/Deployment/stable',
        { annotations: { 'sidecar.istio.io/inject': null } },
      ] as const),
      { annotations: { 'sidecar.istio.io/inject': 'false' } },
    ),
    `it changes ml/Deployment/stable, ${OTHERS}`,
  ],
  [
    'a version that no record names',
    step(CONFIGMAP, 'ml/versions', { data: NOW }, { data: { current_version: 'v6.6.6' } }),
    'it has v6.6.6 served, which none of its records names',
  ],
  [
    'a version that it is not about',
    step(CONFIGMAP, 'ml/versions', { data: NOW }, { data: { current_version: 'v1.2.0' } }),
    'it has v1.2.0 served, which none of its records names',
  ],
  [
    'a version that would be put back to',
    step(CONFIGMAP, 'ml/versions', { data: { current_version: 'v6.6.6' } }, { data: NOW }),
    'it has v6.6.6 served, which none of its records names',
  ],
  [
    'artifacts from elsewhere',
    step(...([CONFIGMAP, 'ml/versions', { data: { model_registry_url: null } }] as const), {
      data: { model_registry_url: 's3://mallory' },
    }),
    'it sets model_registry_url to s3://mallory, which neither the policy nor `model-registry-url` names',
  ],
  [
    'artifacts from elsewhere that would be put back to',
    step(
      ...([CONFIGMAP, 'ml/versions', { data: { model_registry_url: 's3://mallory' } }] as const),
      { data: { model_registry_url: null } },
    ),
    'it sets model_registry_url to s3://mallory, which neither the policy nor `model-registry-url` names',
  ],
])('a ticket that was made up is refused, and nothing is written: %s', async (_, made, says) => {
  const at = await world();
  expect((await run(at)).outputs.outcome).toBe('promoted');
  const number = await forge(at, [made]);
  at.double.reset();
  const [before, data] = [versionOf(at), dataIn(at)];
  const problems = await problemsOf(deploy(at));
  expect(problems).toContain(`conflict: Ticket ${number} was left open, and none of our runs`);
  expect(problems).toContain(says);
  expect(written(at)).toEqual([]);
  expect(versionOf(at)).toBe(before);
  expect(dataIn(at)).toEqual(data);
});

const OTHER = { number: '3', version: 'v1.2.0' };
const SERVED = { configmap: 'ml/versions', current: 'v1.2.0', share: 0 };
const STAMPED = {
  'passmuster.dev/version': 'zzz',
  'passmuster.dev/config': `sha256:${'0'.repeat(64)}`,
};

test.each<[string, Step, Readonly<Record<string, unknown>>, string]>([
  [
    'a version that nobody has promoted',
    step(CONFIGMAP, 'ml/versions', { data: NOW }, { data: { current_version: 'v1.2.0' } }),
    { to: OTHER, traffic: SERVED },
    'it has number 3 served, which its environment does not have',
  ],
  [
    'another name for what is there',
    step(CONFIGMAP, 'ml/versions', { data: NOW }, { data: { current_version: 'evil' } }),
    { to: { number: '2', version: 'evil' } },
    'it calls number 2 evil, which it is not',
  ],
  [
    'a share that it is not for',
    step(...([CONFIGMAP, 'ml/versions', { data: { canary_traffic_percentage: '0' } }] as const), {
      data: { canary_traffic_percentage: '100' },
    }),
    {},
    'it gives a canary 100 %, which it is not for',
  ],
  [
    'a share to go back to',
    step(...([CONFIGMAP, 'ml/versions', { data: { canary_traffic_percentage: '100' } }] as const), {
      data: { canary_traffic_percentage: '0' },
    }),
    {},
    'it comes from a canary at 100 %, which is on no record',
  ],
  [
    'that nothing is to serve',
    step(CONFIGMAP, 'ml/versions', { data: NOW }, { data: { current_version: null } }),
    {},
    'it takes current_version away',
  ],
  [
    'a stamp of another version',
    step(
      ...([
        RESTART,
        'ml/Deployment/stable',
        { annotations: { 'passmuster.dev/version': 'v1.1.0', 'passmuster.dev/config': null } },
      ] as const),
      { annotations: STAMPED },
    ),
    {},
    'it stamps ml/Deployment/stable with zzz, which it is not for',
  ],
  [
    'a promotion under the wish for a deployment',
    step(CONFIGMAP, 'ml/versions', { data: NOW }, { data: { current_version: 'v1.2.0' } }),
    { verb: 'promote', to: OTHER, traffic: SERVED },
    'it does something else than what it was taken for',
  ],
])('a ticket that does not go together is refused: %s', async (_, made, more, says) => {
  const at = await world();
  expect((await run(at)).outputs.outcome).toBe('promoted');
  const number = await forge(at, [made], more);
  at.double.reset();
  const problems = await problemsOf(deploy(at));
  expect(problems).toContain(`conflict: Ticket ${number} was left open, and none of our runs`);
  expect(problems).toContain(says);
  expect(written(at)).toEqual([]);
});

test('what one of us has left with a base of artifacts is gone on with by whoever gives the same', async () => {
  const at = await world();
  await run(at);
  const data = { model_registry_url: 's3://models' };
  const number = await forge(at, [
    step(CONFIGMAP, 'ml/versions', { data: { model_registry_url: null } }, { data }),
  ]);
  const { outputs } = await deploy(at, { 'model-registry-url': 's3://models' });
  expect(outputs).toMatchObject({ outcome: 'deployed', record: number });
  expect(dataIn(at)).toMatchObject(data);
});
