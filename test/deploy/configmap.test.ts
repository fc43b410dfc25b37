import { describe, expect, test } from 'vitest';
import { lastTicket, problemsOf } from '../promote/running.fixture.ts';
import {
  dataIn,
  deploy,
  type Given,
  notesIn,
  policyWith,
  promoted,
  run,
  SERVES,
  type World,
  world,
  written,
} from './serving.fixture.ts';

const CHANGED = { current_version: 'v1.1.0' };

/** What is sent to the ConfigMap, dry runs left out. */
const patches = ({ double }: World) =>
  double.requests
    .filter(
      ({ method, path, query }) =>
        method === 'PATCH' && /configmaps/.test(path) && !query['dryRun'],
    )
    .map(
      ({ body }) => body as { metadata: Record<string, unknown>; data?: Record<string, unknown> },
    );

describe('what is written', () => {
  test('all in one merge patch, under the version that was seen, and texts only', async () => {
    const at = await world();
    await deploy(at, { version: 'v1.1.0', canary: '12.5' });
    const [only, ...more] = patches(at);
    expect(more).toEqual([]);
    expect(only?.data).toEqual({ canary_version: 'v1.1.0', canary_traffic_percentage: '12.5' });
    expect(only?.metadata).toMatchObject({
      resourceVersion: expect.stringMatching(/^[1-9]\d*$/),
      uid: expect.any(String),
      annotations: { 'passmuster.dev/number': '2' },
    });
  });

  test('keys by the names that the policy gives them', async () => {
    const configmap =
      '{ name: ml/versions, keys: { current_version: MODEL, canary_version: NEXT, canary_traffic_percentage: SHARE } }';
    const data = { MODEL: 'v1.0.0', NEXT: 'v1.0.0', SHARE: '0', current_version: 'not ours' };
    const at = await world({ policy: policyWith('', configmap), data, workloads: [] });
    await deploy(at, { version: 'v1.1.0', canary: '10' });
    expect(dataIn(at)).toEqual({ ...data, NEXT: 'v1.1.0', SHARE: '10' });
    await run(at);
    expect(dataIn(at)).toEqual({ ...data, MODEL: 'v1.1.0', NEXT: 'v1.1.0', SHARE: '0' });
  });

  const URL = '{ name: ml/versions, model-registry-url: "s3://models/policy" }';

  test.each<[string, string, Given, string | undefined]>([
    ['not without being asked', 'ml/versions', {}, 's3://old'],
    ['by the policy', URL, {}, 's3://models/policy'],
    ['by the input', 'ml/versions', { 'model-registry-url': 's3://given' }, 's3://given'],
    ['by the input before the policy', URL, { 'model-registry-url': 's3://given' }, 's3://given'],
  ])('the base of the artifacts: %s', async (_, configmap, given, url) => {
    const data = { ...SERVES, model_registry_url: 's3://old' };
    const at = await world({ policy: policyWith('', configmap), data });
    await promoted(at);
    await deploy(at, given);
    expect(dataIn(at)).toEqual({ ...data, ...CHANGED, model_registry_url: url });
    expect(patches(at)).toHaveLength(1);
  });

  test.each([
    ['number', '2'],
    ['semantic', 'v1.1.0'],
  ])('a version as %s', async (as, value) => {
    const at = await world();
    await promoted(at);
    await deploy(at, { 'write-as': as });
    expect(dataIn(at)).toMatchObject({ current_version: value });
    // In either way of writing it is the same version.
    const canary = await deploy(at, { version: 'v1.2.0', canary: '10', 'write-as': as });
    expect(canary.outputs.outcome, canary.said).toBe('canary');
  });
});

type Change = (at: World) => unknown;
const patched =
  (patch: object): Change =>
  ({ double }) =>
    double.change('ConfigMap', 'ml', 'versions', patch as Record<string, unknown>);

/** With a key as a server-side applier owns it. */
const applied =
  (manager: string): Change =>
  ({ double }) => {
    const item = double.get('ConfigMap', 'ml', 'versions');
    const fields = { manager, operation: 'Apply', apiVersion: 'v1', fieldsType: 'FieldsV1' };
    const managedFields = [{ ...fields, fieldsV1: { 'f:data': { 'f:current_version': {} } } }];
    const body = { ...item, metadata: { ...item?.metadata, managedFields } };
    double.onRequest(({ method, path }) =>
      method === 'GET' && path.endsWith('/configmaps/versions') ? { status: 200, body } : undefined,
    );
  };

describe('what stands against writing it', () => {
  test.each<[string, Change, RegExp]>([
    [
      'it is immutable',
      patched({ immutable: true }),
      /The ConfigMap ml\/versions is immutable .*Make a new one/,
    ],
    [
      'it holds bytes',
      patched({ data: { current_version: null }, binaryData: { current_version: 'AAAA' } }),
      /has current_version under binaryData, which holds no text/,
    ],
    [
      'Argo CD keeps it',
      patched({
        metadata: { annotations: { 'argocd.argoproj.io/tracking-id': 'a:/ConfigMap:ml/versions' } },
      }),
      /Argo CD keeps the ConfigMap ml\/versions, and would put back what is written there: .*tracking-id.*ignoreDifferences/,
    ],
    [
      'Flux keeps it',
      patched({ metadata: { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } } }),
      /Flux keeps the ConfigMap ml\/versions/,
    ],
    [
      'Helm keeps it',
      patched({ metadata: { annotations: { 'meta.helm.sh/release-name': 'shop' } } }),
      /Helm keeps the ConfigMap ml\/versions.*take the key out of the chart/,
    ],
    [
      'somebody applies it',
      applied('a-pipeline'),
      /a-pipeline keeps the ConfigMap ml\/versions.*Change the value where it is applied from/,
    ],
    [
      'nobody can read its share',
      patched({ data: { canary_traffic_percentage: 'a bit' } }),
      /has canary_traffic_percentage: a bit, which is no percentage.*Set it to a number from 0 to 100/,
    ],
  ])('%s', async (_, change, says) => {
    const at = await world();
    await promoted(at);
    await change(at);
    const { result, outputs, page } = await deploy(at);
    expect(result).toBe('refused');
    expect(outputs.outcome).toBe('refused');
    expect(page.replaceAll('\n', ' ')).toMatch(says);
    expect(written(at)).toEqual([]);
    // All of it holds for the whole promotion as well, before anything moves.
    const { outputs: all, page: its } = await run(at, { version: 'v1.2.0' });
    expect(all.outcome).toBe('refused');
    expect(its.replaceAll('\n', ' ')).toMatch(says);
  });

  test('there is none', async () => {
    const at = await world({ data: undefined, workloads: [] });
    const { said } = await deploy(at);
    expect(said).toMatch(/There is no ConfigMap `ml\/versions` at http:\/\/127.* `create: true`/);
  });

  test('there is no such namespace', async () => {
    const at = await world({ policy: policyWith('', 'nowhere/versions'), workloads: [] });
    const { said } = await deploy(at);
    expect(said).toMatch(/There is no namespace `nowhere` at http:\/\/127.*`context`/);
    const { said: made } = await deploy(at, { create: 'true' });
    expect(made).toMatch(/There is no namespace `nowhere`/);
  });

  test('it is full', async () => {
    const data = { ...SERVES, large: 'x'.repeat(1_048_576 - 21) };
    const at = await world({ data });
    await promoted(at);
    expect(await problemsOf(deploy(at, { 'model-registry-url': 's3://models' }))).toMatch(
      /Could not change the ConfigMap ml\/versions .*may not be more than 1048576 bytes/,
    );
    expect(written(at)).toEqual([]);
    expect(await lastTicket(at.address)).toMatchObject({ outcome: 'done' });
  });
});

describe('one that is made', () => {
  test('on demand, with all that it has to say', async () => {
    const at = await world({ data: undefined, workloads: [] });
    const { outputs, page } = await deploy(at, { create: 'true' });
    expect(outputs.outcome).toBe('deployed');
    expect(dataIn(at)).toEqual({ current_version: 'v1.0.0' });
    expect(notesIn(at)).toMatchObject({ 'passmuster.dev/number': '1' });
    expect(written(at)).toEqual(['POST configmaps']);
    expect(page).toContain('| current_version in the ConfigMap ml/versions | not there | v1.0.0 |');
    expect((await deploy(at, { create: 'true' })).outputs.outcome).toBe('unchanged');
  });

  test('is emptied where those who read it do not become ready', async () => {
    const at = await world({ data: undefined, workloads: [] });
    at.double.put({
      ...{ kind: 'Deployment', metadata: { name: 'late', namespace: 'ml' } },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'late' } },
        template: {
          metadata: { labels: { app: 'late' } },
          spec: {
            containers: [
              {
                ...{ name: 'main', image: 'i' },
                env: [
                  {
                    name: 'V',
                    valueFrom: {
                      configMapKeyRef: { name: 'versions', key: 'current_version', optional: true },
                    },
                  },
                ],
              },
            ],
          },
        },
      },
    });
    at.double.decide((_, { V }) => (V === 'v1.0.0' ? 'main/CrashLoopBackOff/1' : undefined));
    const { outputs, result } = await deploy(at, { create: 'true' });
    expect(outputs.outcome).toBe('put-back');
    expect(result).toBe('refused');
    expect(dataIn(at) ?? {}).toEqual({});
    expect(notesIn(at)).toEqual({});
    at.double.decide(() => 'ready');
    expect((await deploy(at)).outputs.outcome).toBe('deployed');
  });
});

test('whom a label alone suspects is told of, and does not stand against it', async () => {
  const at = await world();
  at.double.change('ConfigMap', 'ml', 'versions', {
    metadata: { labels: { 'app.kubernetes.io/instance': 'models' } },
  });
  await promoted(at);
  const { outputs, page } = await deploy(at);
  expect(outputs.outcome).toBe('deployed');
  expect(page).toMatch(/has the label app.kubernetes.io\/instance.*Argo CD may have set/);
});
