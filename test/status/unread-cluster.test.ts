import { expect, test } from 'vitest';
import { environmentOf } from './running.fixture.ts';
import { deployed, look, openerFor, serving } from './serving.fixture.ts';

test('a cluster that cannot be reached fails a check, and hides nothing of the registry', async () => {
  const world = await serving();
  await deployed(world, '1', '1');
  await world.double.stop();
  const ended = await look(world);
  expect(ended.result).toBe('refused');
  expect(ended.outputs).toEqual({ outcome: 'disagrees', disagreements: 1, version: '1' });
  expect(environmentOf(ended)).toMatchObject({
    state: 'agrees',
    version: { number: '1' },
    cluster: { there: false, unread: expect.stringContaining('Could not read the ConfigMap') },
  });
  expect(ended.text).toMatch(/registry agrees, CLUSTER NOT READ$/m);
  expect(ended.text).toContain('The ConfigMap ml/llm could not be read.');
  expect((await look(world, { check: 'false' })).result).toBe('done');
});

test('what one may read is told, though one may not read all of it', async () => {
  const reading = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }];
  const users = { watcher: { name: 'watcher', rules: { ml: reading } } };
  const world = await serving(undefined, { users });
  await deployed(world, '1', '1');
  world.double.change('ConfigMap', 'ml', 'llm', { data: { current_version: '3' } });
  const ended = await look(world, {}, openerFor(world.double.kubeconfig('watcher')));
  expect(ended.outputs.disagreements).toBe(2);
  expect(environmentOf(ended)?.cluster).toMatchObject({
    current: '3',
    unread: expect.stringMatching(/list .*Add to a Role of namespace "ml"/),
    workloads: [],
    disagreements: [{ says: expect.stringContaining('serves 3') }],
  });
});

test('where no cluster is named, that is said, and nothing is said to agree with it', async () => {
  const world = await serving();
  const ended = await look(world, {}, openerFor(''));
  expect(ended.result).toBe('done');
  expect(ended.report.no_cluster).toMatch(/^No cluster is named: /);
  expect(ended.text.replaceAll(/\n {2}/g, ' ')).toContain(
    'ledger and registry agree, and the cluster was not looked at',
  );
  expect(ended.text).toContain('- The cluster was not looked at. No cluster is named:');
  expect(ended.annotations).toMatchObject([{ level: 'warning' }]);
  expect(environmentOf(ended)?.cluster).toBeUndefined();
});

test('one that was named and is none is a mistake', async () => {
  const world = await serving();
  const kubeconfig = '/nowhere/kubeconfig';
  await expect(look(world, { kubeconfig }, openerFor(kubeconfig))).rejects.toMatchObject({
    kind: 'input',
  });
});
