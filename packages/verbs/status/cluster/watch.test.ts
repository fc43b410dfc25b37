import { readInputs } from '@passmuster/action-kit/spec/read.ts';
import type { Cluster } from '@passmuster/core/cluster/cluster.ts';
import { ClusterError } from '@passmuster/core/cluster/error.ts';
import { InputError } from '@passmuster/core/errors.ts';
import { parsePolicy } from '@passmuster/core/policy/parse.ts';
import { expect, test } from 'vitest';
import { spec } from '../spec.ts';
import { watchOf } from './watch.ts';

const { signal } = new AbortController();
const POLICY = await parsePolicy(
  'environments: { staging: { configmap: ml/staging }, production: { configmap: ml/live }, dev: {} }',
  'passmuster.yaml',
);

function inputsOf(given: Readonly<Record<string, string>> = {}) {
  const reading = readInputs(spec, new Map(Object.entries(given)), (name) => name);
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  return reading.inputs;
}

/** A cluster with nothing in it, that answers no read before so many of them are under way. */
function clusterOf(most: number) {
  const asked: string[] = [];
  const all = Promise.withResolvers<void>();
  let left = most;
  const ask = async (what: string) => {
    asked.push(what);
    if (--left === 0) all.resolve();
    await all.promise;
  };
  const cluster = {
    address: 'https://k8s.example',
    configMap: async ({ namespace, name }) => {
      await ask(`configmap ${namespace}/${name}`);
      return undefined;
    },
    workloads: async (namespace) => {
      await ask(`workloads ${namespace}`);
      return [];
    },
    hasNamespace: async () => true,
    close: async () => {
      asked.push('close');
    },
  } as Partial<Cluster> as Cluster;
  return { asked, cluster };
}

test('all environments are read side by side, in a cluster that is opened once', async () => {
  const { asked, cluster } = clusterOf(4);
  let opened = 0;
  const open = async () => {
    opened++;
    return cluster;
  };
  const watch = watchOf(open, POLICY, inputsOf());
  const first = await watch.look(false, signal);
  expect([...first.seen.keys()]).toEqual(['staging', 'production']);
  expect(asked).toHaveLength(4);
  const second = await watch.look(false, signal);
  expect([first.isOld, second.isOld, second.seen === first.seen]).toEqual([false, true, true]);
  const anew = await watch.look(true, signal);
  expect([anew.isOld, anew.seen === first.seen, opened]).toEqual([false, false, 1]);
  await watch.close();
  expect(asked.at(-1)).toBe('close');
});

test.each<[string, Record<string, string>]>([
  ['no environment that is shown is there', { environment: 'dev' }],
  ['the policy does not know the environment', { environment: 'other' }],
])('nothing is opened where %s', async (_, given) => {
  const open = () => Promise.reject(new Error('it was opened'));
  const watch = watchOf(open, POLICY, inputsOf(given));
  expect(await watch.look(false, signal)).toEqual({ seen: new Map(), isOld: false });
  expect(watch.blind()).toBeUndefined();
  await watch.close();
});

const none = () =>
  Promise.reject(new InputError([{ message: 'There is none.', hint: 'Name one.' }]));

test('where none is found, why is told; but not where somebody has named one', async () => {
  const watch = watchOf(none, POLICY, inputsOf());
  expect((await watch.look(false, signal)).seen.size).toBe(0);
  expect(watch.blind()).toBe('There is none. Name one.');
  await watch.close();
  const given: Record<string, string>[] = [
    { kubeconfig: 'x' },
    { context: 'x' },
    { server: 'https://x' },
    { token: 'x' },
    { ca: 'x' },
  ];
  for (const one of given) {
    const named = watchOf(none, POLICY, inputsOf(one));
    await expect(named.look(false, signal)).rejects.toThrow('There is none.');
    await named.close();
  }
});

test('whoever cannot open any says so', async () => {
  const watch = watchOf(undefined, POLICY, inputsOf());
  await watch.look(false, signal);
  expect(watch.blind()).toBe('No cluster can be reached from here.');
});

test('what cannot be read is told in its place, and what is a bug is none', async () => {
  const denied = new ClusterError({ reason: 'denied', effect: 'none' }, { message: 'No.' });
  const { cluster } = clusterOf(1);
  const fails = (error: Error) => ({
    ...cluster,
    workloads: () => Promise.reject(error),
    hasNamespace: () => Promise.reject(denied),
  });
  const inputs = inputsOf({ environment: 'production' });
  const watch = watchOf(async () => fails(denied), POLICY, inputs);
  expect((await watch.look(false, signal)).seen.get('production')).toMatchObject({
    configMap: { value: undefined },
    workloads: { unread: { message: 'No.' } },
    hasNamespace: undefined,
  });
  const broken = watchOf(async () => fails(new TypeError('bug')), POLICY, inputs);
  await expect(broken.look(false, signal)).rejects.toThrow('bug');
});
