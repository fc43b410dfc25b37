import { expect, test } from 'vitest';
import { historyOf } from '../promote/running.fixture.ts';
import { dataIn, deploy, openerFor, promoted, SERVES, stampOn, world } from './serving.fixture.ts';

type Rule = readonly [group: string, resource: string, verbs: readonly string[]];

const READ: readonly Rule[] = [
  ['', 'pods', ['list']],
  ['', 'events', ['list']],
  ['', 'pods/log', ['get']],
];
const APPS = ['deployments', 'statefulsets', 'daemonsets'];
const MAPS: Rule = ['', 'configmaps', ['get', 'patch']];
const apps = (...verbs: string[]): Rule[] => APPS.map((one): Rule => ['apps', one, verbs]);

/** A world, as somebody sees it who has these rights alone. */
async function allowed(rules: readonly Rule[]) {
  const at = await world();
  await promoted(at);
  at.double.user('narrow', { name: 'system:serviceaccount:ml:deployer' } as never);
  const all = rules.map(([group, resource, verbs]) => ({
    ...{ apiGroups: [group], resources: [resource], verbs: [...verbs] },
  }));
  at.double.allow('narrow', 'ml', all);
  return { ...at, open: openerFor(at.double.kubeconfig('narrow')) };
}

test('what it needs is enough', async () => {
  const at = await allowed([MAPS, ...apps('get', 'list', 'watch', 'patch'), ...READ]);
  expect((await deploy(at)).outputs.outcome).toBe('deployed');
});

test('without the right to restart all goes back, and the rule to add is printed', async () => {
  const at = await allowed([MAPS, ...apps('get', 'list', 'watch'), ...READ]);
  const { result, outputs, page, said } = await deploy(at);
  expect([result, outputs.outcome]).toEqual(['upstream', 'put-back']);
  for (const one of [page, said]) {
    expect(one).toContain('{apiGroups: [apps], resources: [deployments], verbs: [patch]}');
  }
  expect(dataIn(at)).toEqual(SERVES);
});

test('without the right to watch all goes back, and that nobody could look is said once', async () => {
  const at = await allowed([MAPS, ...apps('get', 'list', 'patch'), ...READ]);
  const { result, outputs, page } = await deploy(at);
  expect([result, outputs.outcome]).toEqual(['upstream', 'put-back']);
  expect(page).toContain('but whether all of it became ready again is not known');
  expect(page.split('verbs: [watch]}')).toHaveLength(2);
  expect(dataIn(at)).toEqual(SERVES);
  expect(stampOn(at, 'stable')).toEqual({});
  expect((await historyOf(at.address, 'production')).at(-1)?.outcome).toBe('put-back');
});

test.each<[string, Rule[], RegExp]>([
  ['to read the ConfigMap', apps('get', 'list'), /resources: \[configmaps\], .*verbs: \[get\]/],
  [
    'to write it',
    [['', 'configmaps', ['get']], ...apps('get', 'list')],
    /resources: \[configmaps\], .*verbs: \[patch\]/,
  ],
  ['to find those who read it', [MAPS], /resources: \[deployments\], verbs: \[list\]/],
])('without the right %s nothing is begun', async (_, rules, rule) => {
  const at = await allowed(rules);
  const before = (await historyOf(at.address, 'production')).length;
  await expect(deploy(at)).rejects.toMatchObject({
    problems: [{ hint: expect.stringMatching(rule) }],
  });
  expect(await historyOf(at.address, 'production')).toHaveLength(before);
  expect(dataIn(at)).toEqual(SERVES);
});
