import { readInputs } from '@passmuster/action-kit/spec/read.ts';
import { double } from '@passmuster/cluster/double/double.fixture.ts';
import { configMap, deploymentReading } from '@passmuster/cluster/double/seeds.ts';
import { metricsListed } from '@passmuster/evidence/evaluations/dvc-yaml.ts';
import { readEvaluation } from '@passmuster/evidence/evaluations/index.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { deploy } from '@passmuster/verbs/deploy/run.ts';
import { spec } from '@passmuster/verbs/deploy/spec.ts';
import { expect, test } from 'vitest';
import { MODEL, promoteTo, registered } from '../promote/running.fixture.ts';
import { around, LEASE, openRegistry } from '../register/running.fixture.ts';
import { environmentOf, run } from './running.fixture.ts';
import { openerFor, settled } from './serving.fixture.ts';

const POLICY = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }
environments:
  staging: {}
  production: { after: staging, alias: champion, configmap: ml/llm }
`;

/** A cluster that serves a placeholder beside a registry with three versions, and the verb at work in both. */
async function world() {
  const address = await registered([0.8, 0.9, 0.95], POLICY);
  const server = await double({ namespaces: ['ml'] });
  const values = { current_version: 'none', canary_version: '', canary_traffic_percentage: '0' };
  server.put(configMap('llm', values, { namespace: 'ml' }));
  for (const key of ['current_version', 'canary_version']) {
    const name = key.replace('_version', '');
    server.put(deploymentReading('llm', key, { name, namespace: 'ml' }));
    await settled(server, name);
  }
  const openCluster = openerFor(server.kubeconfig());
  const surroundings = around();
  const ports = {
    ...surroundings,
    ...{ files: diskFiles(), forge: undefined, lease: LEASE, readEvaluation, metricsListed },
    ...{ openRegistry: () => openRegistry(address), openCluster },
    host: { ...surroundings.host, actor: 'bob' },
  };
  const where = { model: MODEL, environment: 'production', config: 'passmuster.yaml' };
  return {
    server,
    address,
    deployed: async (given: Readonly<Record<string, string>> = {}) => {
      const all = new Map(Object.entries({ ...where, registry: address, ...given }));
      const reading = readInputs(spec, all, (name) => name);
      if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
      return (await deploy(reading.inputs, ports)).outputs.outcome;
    },
    status: () => run(address, { ...where, history: 'true', check: 'true' }, { openCluster }),
  };
}

test('what `deploy` has moved agrees, with its canary, and after that is dropped', async () => {
  const { address, deployed, status } = await world();
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
  expect((await status()).result).toBe('refused');
  expect(await deployed()).toBe('deployed');
  const first = await status();
  expect(first.outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '1' });
  expect(environmentOf(first)?.cluster).toMatchObject({
    current: 'v1.0.0',
    workloads: [{ name: 'canary' }, { name: 'current', version: 'v1.0.0', stale: false }],
  });
  await promoteTo(address, 'v1.1.0', 'staging');
  expect(await deployed({ version: 'v1.1.0', canary: '10' })).toBe('canary');
  const beside = await status();
  expect(beside.outputs.outcome).toBe('agrees');
  expect(environmentOf(beside)).toMatchObject({
    canary: { version: { name: 'v1.1.0' }, share: 10, by: { actor: 'bob' } },
    cluster: { current: 'v1.0.0', canary: 'v1.1.0', share: 10 },
  });
  expect(await deployed({ canary: 'drop' })).toBe('dropped');
  const dropped = await status();
  expect(dropped.outputs.outcome).toBe('agrees');
  const whats = dropped.page.match(/^\| \d+ \| .*$/gm)?.map((row) => row.split(' | ')[2]);
  expect(whats).toEqual([
    'canary dropped',
    'canary `v1.1.0` at 10 \\%',
    'deployed `v1.0.0`',
    'promoted',
  ]);
});

test('a command that is told for what disagrees mends it', async () => {
  const { server, address, deployed, status } = await world();
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
  await deployed();
  const byHand = { data: { current_version: 'v9', canary_version: 'v8' } };
  server.change('ConfigMap', 'ml', 'llm', byHand, 'kubectl-edit');
  server.change('ConfigMap', 'ml', 'llm', { data: { canary_traffic_percentage: '5' } });
  const wrong = await status();
  const commands = environmentOf(wrong)?.cluster?.disagreements.flatMap(
    (one) => one.commands ?? [],
  );
  expect([...new Set(commands)]).toEqual([
    `passmuster deploy --model ${MODEL} --environment production --canary drop`,
    `passmuster deploy --model ${MODEL} --version v1.0.0 --environment production`,
  ]);
  expect(await deployed({ canary: 'drop' })).toBe('dropped');
  expect(await deployed({ version: 'v1.0.0' })).toBe('deployed');
  expect((await status()).outputs.outcome).toBe('agrees');
});

test('a canary that a hand has changed is as on record again by the command that is told', async () => {
  const { server, address, deployed, status } = await world();
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
  await deployed();
  await promoteTo(address, 'v1.1.0', 'staging');
  await deployed({ version: 'v1.1.0', canary: '10' });
  server.change('ConfigMap', 'ml', 'llm', { data: { canary_traffic_percentage: '90' } });
  expect((await status()).text).toContain('--version v1.1.0 --environment production --canary 10');
  await deployed({ version: 'v1.1.0', canary: '10' });
  expect((await status()).outputs.outcome).toBe('agrees');
  server.change('ConfigMap', 'ml', 'llm', { data: { canary_traffic_percentage: '0' } });
  expect((await status()).text).toContain('--environment production --canary drop');
  await deployed({ canary: 'drop' });
  expect((await status()).outputs.outcome).toBe('agrees');
});
