import { expect, test } from 'vitest';
import type { ConfigMap, Manager } from '../configmap.ts';
import { lastWriterOf } from './last-writer.ts';
import { ownersOf, suspectedOwnerOf } from './owners.ts';

const configMapOf = (change: {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  managers?: Manager[];
}): ConfigMap => ({
  ...{ namespace: 'shop', name: 'models', uid: 'u', resourceVersion: '1' },
  ...{ data: new Map(), binaryKeys: [], isImmutable: false },
  labels: new Map(Object.entries(change.labels ?? {})),
  annotations: new Map(Object.entries(change.annotations ?? {})),
  managers: change.managers ?? [],
});

const by = (
  name: string,
  operation: Manager['operation'] = 'Update',
  keys = ['current'],
  at?: number,
): Manager => ({ name, operation, keys, ...(at !== undefined && { at }) });

const HELM = {
  labels: { 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'meta.helm.sh/release-name': 'shop' },
};

test.each<[string, Parameters<typeof configMapOf>[0], string[]]>([
  ['nothing', {}, []],
  ['kubectl', { managers: [by('kubectl-create'), by('kubectl-client-side-apply')] }, []],
  ['ourselves', { managers: [by('passmuster'), by('passmuster', 'Apply')] }, []],
  [
    'an id of Argo CD',
    { annotations: { 'argocd.argoproj.io/tracking-id': 'a:/ConfigMap:shop/models' } },
    ['Argo CD'],
  ],
  ['the manager of Argo CD', { managers: [by('argocd-controller', 'Apply')] }, ['Argo CD']],
  ['an instance', { labels: { 'app.kubernetes.io/instance': 'shop' } }, []],
  ['a label of Flux', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } }, ['Flux']],
  ['the manager of Flux', { managers: [by('kustomize-controller', 'Apply')] }, ['Flux']],
  [
    'Flux that leaves it alone',
    {
      labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' },
      annotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' },
    },
    [],
  ],
  [
    'Flux that merges',
    {
      labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' },
      annotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'Merge' },
    },
    ['Flux'],
  ],
  ['a release of Helm', HELM, ['Helm']],
  ['only the label of Helm', { labels: HELM.labels }, []],
  ['the manager of Helm', { managers: [by('helm')] }, ['Helm']],
  [
    'a release of Helm that Flux makes',
    { ...HELM, labels: { ...HELM.labels, 'helm.toolkit.fluxcd.io/name': 'shop' } },
    ['Flux'],
  ],
  ['Terraform', { managers: [by('HashiCorp')] }, ['Terraform']],
  ['Pulumi', { managers: [by('pulumi-kubernetes-1a2b', 'Apply')] }, ['Pulumi']],
  ['kubectl on the server', { managers: [by('kubectl', 'Apply')] }, ['kubectl']],
  ['an applier of no key', { managers: [by('labeller', 'Apply', [])] }, []],
])('%s', (_, change, tools) => {
  const owners = ownersOf(configMapOf(change));
  expect(owners.map(({ tool }) => tool)).toEqual(tools);
  for (const { says, hint } of owners)
    expect([says, hint]).toEqual([expect.stringMatching(/\.$/), hint]);
});

test('an owner is told by what shows it', () => {
  const [helm] = ownersOf(configMapOf(HELM));
  expect(helm?.says).toBe(
    'Helm keeps it: it has the annotation `meta.helm.sh/release-name: shop`.',
  );
  const [flux] = ownersOf(configMapOf({ managers: [by('kustomize-controller', 'Apply')] }));
  expect(flux?.says).toBe('Flux keeps it: `kustomize-controller` applies its `current`.');
});

test('what an owner says of itself cannot break out of the sentence', () => {
  const annotations = { 'meta.helm.sh/release-name': 'a\n::error::b\u202e' };
  expect(ownersOf(configMapOf({ annotations }))[0]?.says).toContain('a\\u{a}::error::b\\u{202e}');
});

test('whoever has written other keys only is no owner of these', () => {
  const managers = [by('helm', 'Apply', ['url'])];
  const configMap = configMapOf({ ...HELM, managers });
  expect(ownersOf(configMap, ['url'])).toHaveLength(1);
  expect(ownersOf(configMap, ['current'])).toEqual([]);
  expect(ownersOf(configMapOf(HELM), ['current'])).toHaveLength(1);
  const pipeline = configMapOf({ managers: [by('ci', 'Apply', ['url'])] });
  expect(ownersOf(pipeline, ['current'])).toEqual([]);
  expect(ownersOf(pipeline, ['url', 'current'])).toHaveLength(1);
});

test('an instance alone is a suspicion', () => {
  const labels = { 'app.kubernetes.io/instance': 'shop' };
  expect(suspectedOwnerOf(configMapOf({ labels }))?.tool).toBe('Argo CD');
  expect(suspectedOwnerOf(configMapOf({ ...HELM, labels }))).toBeUndefined();
  expect(suspectedOwnerOf(configMapOf({}))).toBeUndefined();
});

test('the last writer is the newest other one of these keys', () => {
  const managers = [
    by('kubectl-create', 'Update', ['current'], 1_000),
    by('kubectl-edit', 'Update', ['current', 'canary'], 3_000),
    by('passmuster', 'Update', ['current'], 5_000),
    by('kubectl-patch', 'Update', ['url'], 4_000),
    by('old', 'Update', ['current']),
  ];
  const configMap = configMapOf({ managers });
  expect(lastWriterOf(configMap, ['current'])?.name).toBe('kubectl-edit');
  expect(lastWriterOf(configMap, ['nothing'])).toBeUndefined();
});
