import { expect, test } from 'vitest';
import type { Container, PodSpec, Volume } from '../workload.ts';
import { readersOf } from './readers.ts';
import { workloadOf } from './workload.fixture.ts';

const KEYS = ['current', 'canary'];
const configMapKeyRef = { name: 'models', key: 'current' };
const ref = { valueFrom: { configMapKeyRef } };

/** What is read, each as `key by name`, with `?` where it is uncertain and `~` where it is optional. */
function read(pod: PodSpec, keys: readonly string[] = KEYS): string[] {
  const [reader] = readersOf([workloadOf({}, pod)], 'models', keys);
  return (reader?.uses ?? []).map(
    ({ key, by, name, isCertain, isOptional }) =>
      `${key} ${by} ${name}${isCertain ? '' : '?'}${isOptional ? '~' : ''}`,
  );
}

const main = (container: Partial<Container>): PodSpec => ({
  containers: [{ name: 'main', ...container }],
});

test.each<[string, Partial<Container>, string[]]>([
  ['a variable', { env: [{ name: 'V', ...ref }] }, ['current env V']],
  [
    'an optional one',
    {
      env: [{ name: 'V', valueFrom: { configMapKeyRef: { ...configMapKeyRef, optional: true } } }],
    },
    ['current env V~'],
  ],
  [
    'another ConfigMap',
    { env: [{ name: 'V', valueFrom: { configMapKeyRef: { name: 'other', key: 'current' } } }] },
    [],
  ],
  [
    'another key',
    { env: [{ name: 'V', valueFrom: { configMapKeyRef: { name: 'models', key: 'url' } } }] },
    [],
  ],
  [
    'all of it',
    { envFrom: [{ configMapRef: { name: 'models' } }] },
    ['current envFrom current', 'canary envFrom canary'],
  ],
  [
    'all of it, with a prefix',
    { envFrom: [{ prefix: 'M_', configMapRef: { name: 'models', optional: true } }] },
    ['current envFrom M_current~', 'canary envFrom M_canary~'],
  ],
  [
    'a name that not every server takes',
    { envFrom: [{ prefix: '1', configMapRef: { name: 'models' } }] },
    ['current envFrom 1current?', 'canary envFrom 1canary?'],
  ],
  ['all of another', { envFrom: [{ configMapRef: { name: 'other' } }, {}] }, []],
  [
    'a variable over one of envFrom',
    {
      envFrom: [{ configMapRef: { name: 'models' } }],
      env: [{ name: 'current', value: '3' }],
    },
    ['canary envFrom canary'],
  ],
  [
    'a variable over another',
    {
      env: [
        { name: 'V', ...ref },
        { name: 'V', value: '3' },
      ],
    },
    [],
  ],
  [
    'a variable over another that was used before',
    {
      env: [
        { name: 'V', ...ref },
        { name: 'W', value: 'v$(V)' },
        { name: 'V', value: '' },
      ],
    },
    ['current env W'],
  ],
  [
    'one in another, and in a third',
    {
      env: [
        { name: 'V', ...ref },
        { name: 'W', value: '$(V)/x' },
        { name: 'X', value: '$(W)' },
      ],
    },
    ['current env V', 'current env W', 'current env X'],
  ],
  [
    'one in another that is defined before it',
    {
      env: [
        { name: 'W', value: '$(V)' },
        { name: 'V', ...ref },
      ],
    },
    ['current env V'],
  ],
  [
    'arguments',
    { env: [{ name: 'V', ...ref }], args: ['--model', '$(V)'] },
    ['current env V', 'current args V'],
  ],
  [
    'a command',
    { env: [{ name: 'V', ...ref }], command: ['sh', '-c', 'run $(V)'] },
    ['current env V', 'current args V'],
  ],
  [
    'what only a shell reads',
    { env: [{ name: 'V', ...ref }], command: ['sh', '-c', 'run $V $$(V) $(V'] },
    ['current env V'],
  ],
  ['a reference to nothing of it', { args: ['$(V)', '$(current)'] }, []],
])('%s', (_, container, expected) => {
  expect(read(main(container))).toEqual(expected);
});

const files = (change: object = {}): Volume => ({
  name: 'files',
  configMap: { name: 'models', ...change },
});
const mounted = { volumeMounts: [{ name: 'files' }] };
const both = ['current volume files', 'canary volume files'];

test.each<[string, Volume, Partial<Container>, string[]]>([
  ['a mounted volume', files(), mounted, both],
  ['a volume that nobody mounts', files(), { volumeMounts: [{ name: 'x' }] }, []],
  ['a volume of another', files({ name: 'other' }), mounted, []],
  ['some items', files({ items: [{ key: 'canary' }] }), mounted, ['canary volume files']],
  ['other items', files({ items: [{ key: 'url' }] }), mounted, []],
  [
    'an optional volume',
    files({ optional: true, items: [{ key: 'canary' }] }),
    mounted,
    ['canary volume files~'],
  ],
  [
    'sources of several kinds',
    { name: 'files', projected: { sources: [{}, { configMap: { name: 'models' } }] } },
    mounted,
    both,
  ],
  [
    'a single file',
    files(),
    { volumeMounts: [{ name: 'files', subPath: 'current' }] },
    ['current volume files'],
  ],
  ['another file', files(), { volumeMounts: [{ name: 'files', subPath: 'url' }] }, []],
  [
    'a single item under a path of its own',
    files({ items: [{ key: 'current' }] }),
    { volumeMounts: [{ name: 'files', subPath: 'model' }] },
    ['current volume files'],
  ],
  [
    'one of several items under their own paths',
    files({ items: [{ key: 'current' }, { key: 'url' }] }),
    { volumeMounts: [{ name: 'files', subPath: 'model' }] },
    ['current volume files?'],
  ],
  [
    'a path that is told later',
    files(),
    { volumeMounts: [{ name: 'files', subPathExpr: '$(POD)' }] },
    ['current volume files?', 'canary volume files?'],
  ],
  [
    'a path that holds the value',
    { name: 'disk' },
    { env: [{ name: 'V', ...ref }], volumeMounts: [{ name: 'disk', subPathExpr: 'm/$(V)' }] },
    ['current env V', 'current volume disk'],
  ],
])('%s', (_, volume, container, expected) => {
  expect(read({ ...main(container), volumes: [volume] })).toEqual(expected);
});

test('init containers read too, and each place is told once', () => {
  const pod = {
    initContainers: [{ name: 'load', env: [{ name: 'V', ...ref }], args: ['$(V) $(V)', '$(V)'] }],
    containers: [{ name: 'main' }],
  };
  expect(readersOf([workloadOf({}, pod)], 'models', KEYS)[0]?.uses).toMatchObject([
    { container: 'load', by: 'env' },
    { container: 'load', by: 'args' },
  ]);
});

test('only those that read one of the keys are told, with their keys in the order of the question', () => {
  const everything = main({ envFrom: [{ configMapRef: { name: 'models' } }] });
  const workloads = [workloadOf({ name: 'idle' }), workloadOf({ name: 'api' }, everything)];
  const readers = readersOf(workloads, 'models', ['canary', 'current']);
  expect(readers.map(({ workload, keys }) => [workload.name, keys])).toEqual([
    ['api', ['canary', 'current']],
  ]);
  expect(readersOf(workloads, 'other', KEYS)).toEqual([]);
});
