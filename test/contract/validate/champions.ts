import { beforeAll, expect, test } from 'vitest';
import { standingIn } from '../../validate/running.fixture.ts';
import { DIFFERENCES } from '../registry/port/differences.ts';
import type { Subject } from './opened.ts';
import { byHand, judged, newModel, versionWith } from './trained.ts';

const POLICY = `
environments:
  production: { alias: champion, stage: Production }
  staging: { stage: Staging }
`;

const GATES = { gates: 'accuracy >= champion\naccuracy >= 0.5' };

/** One step on the way of a model's marks. */
type Mark = readonly ['alias' | 'stage', string, string];

export function championContract(subject: Subject): void {
  let model = '';
  beforeAll(async () => {
    model = await newModel(subject());
    for (const accuracy of [0.8, 0.9, 0.7]) await versionWith(subject(), model, { accuracy });
    await versionWith(subject(), model, { loss: 1 });
  });

  /** As if nobody had ever been anywhere, but for these. */
  async function mark(marks: readonly Mark[]): Promise<void> {
    const { registry } = subject();
    for (const alias of ['champion', 'staging']) await registry.removeAlias(model, alias);
    for (const number of ['1', '2', '3', '4']) {
      await registry.moveToStage(model, number, 'None', false);
    }
    for (const [kind, to, number] of marks) {
      if (kind === 'alias') await registry.setAlias(model, to, number);
      else await registry.moveToStage(model, number, to as 'Staging' | 'Production', false);
    }
  }

  const inProduction = async (version: string, marks: readonly Mark[]) => {
    await mark(marks);
    await standingIn({ 'passmuster.yaml': POLICY });
    const asked = { model, version, environment: 'production', ...GATES };
    return judged(subject(), { ...asked, config: 'passmuster.yaml' });
  };

  test.each<[string, readonly Mark[], string, string]>([
    ['by alias', [['alias', 'champion', '1']], '1', 'pass'],
    ['by stage', [['stage', 'Production', '1']], '1', 'pass'],
    [
      'by both',
      [
        ['alias', 'champion', '1'],
        ['stage', 'Production', '1'],
      ],
      '1',
      'pass',
    ],
    [
      'by alias, though it is in the next stage by now',
      [
        ['alias', 'champion', '1'],
        ['stage', 'Staging', '1'],
      ],
      '1',
      'pass',
    ],
  ])('%s', async (_, marks, champion, verdict) => {
    const better = await inProduction('2', marks);
    expect(better, better.why).toMatchObject({ champion, verdict, version: '2' });
    const worse = await inProduction('3', marks);
    expect(worse).toMatchObject({ champion, verdict: 'fail', failed: 'accuracy >= champion' });
  });

  test.each<[string, readonly Mark[], string]>([
    [
      'alias and stage that disagree',
      [
        ['alias', 'champion', '1'],
        ['stage', 'Production', '3'],
      ],
      'the alias champion stands at number 1, but number 3 is in Production',
    ],
    [
      'several in the stage',
      [
        ['stage', 'Production', '1'],
        ['stage', 'Production', '3'],
      ],
      'the stage Production has 2 versions, the numbers',
    ],
  ])('%s: it cannot be told', async (_, marks, says) => {
    const found = await inProduction('2', marks);
    expect(found).toMatchObject({ verdict: 'inconclusive', champion: '' });
    expect(found.gates).toEqual({
      'accuracy >= champion': 'inconclusive',
      'accuracy >= 0.5': 'pass',
    });
    expect(found.why).toContain(says);
    expect(found.report.champion_missing).toContain(says);
  });

  test('an environment that never had a version', async () => {
    const found = await inProduction('2', [
      ['alias', 'staging', '1'],
      ['stage', 'Staging', '3'],
    ]);
    expect(found).toMatchObject({ verdict: 'pass', champion: '' });
    expect(found.gates).toEqual({
      'accuracy >= champion': 'not-applicable',
      'accuracy >= 0.5': 'pass',
    });
    expect(found.page).toContain('There is no champion: the alias champion is not set');
  });

  test('a champion that was deleted', async () => {
    const { server } = subject();
    const number = await versionWith(subject(), model, { accuracy: 0.99 });
    await mark([['alias', 'staging', number]]);
    const gone = { name: model, version: number };
    await byHand(subject(), 'DELETE', '/model-versions/delete', gone);
    await standingIn({ 'passmuster.yaml': POLICY });
    const asked = { model, version: '2', environment: 'staging', ...GATES };
    const found = await judged(subject(), asked);
    expect(found.champion).toBe('');
    if (!DIFFERENCES.keepsAliasesOfDeleted.is[server]) {
      expect(found.gates).toMatchObject({ 'accuracy >= champion': 'not-applicable' });
      return;
    }
    expect(found.verdict).toBe('inconclusive');
    expect(found.why).toContain(`stands at number ${number}, which is not there any more`);
  });

  test('an environment that nobody has named may be misspelt', async () => {
    await mark([]);
    const asked = { model, version: '2', environment: 'producton', ...GATES };
    const found = await judged(subject(), asked);
    expect(found.verdict).toBe('inconclusive');
    expect(found.why).toContain('no policy in force has the environment producton');
  });

  test('only gates that do not apply are no pass', async () => {
    await mark([]);
    await standingIn({ 'passmuster.yaml': POLICY });
    const asked = { model, version: '2', environment: 'production' };
    const found = await judged(subject(), { ...asked, gates: 'accuracy >= champion' });
    expect(found.verdict).toBe('inconclusive');
    expect(found.page).toContain('add one without the champion');
  });

  test('the candidate itself', async () => {
    const found = await inProduction('1', [['alias', 'champion', '1']]);
    expect(found).toMatchObject({ verdict: 'pass', champion: '1', version: '1' });
    expect(found.gates).toMatchObject({ 'accuracy >= champion': 'not-applicable' });
    expect(found.page).toContain('The candidate is the champion, by alias champion');
  });

  test('one without that metric', async () => {
    const found = await inProduction('2', [['alias', 'champion', '4']]);
    expect(found).toMatchObject({ verdict: 'inconclusive', champion: '4' });
    expect(found.why.replaceAll('`', '')).toContain('The champion has no metric accuracy');
  });

  test.each([
    ['1', '1'],
    ['@champion', '3'],
    ['Production', '1'],
    ['latest', '4'],
  ])('by the selector %s', async (selector, champion) => {
    await mark([
      ['alias', 'champion', '3'],
      ['stage', 'Production', '1'],
    ]);
    const asked = { model, version: '2', champion: selector, ...GATES };
    const found = await judged(subject(), asked);
    expect(found).toMatchObject({ champion, version: '2' });
    expect(found.report.champion).toMatchObject({ number: champion, by: '`champion`' });
  });

  test('a selector that means nothing is the fault of `champion`', async () => {
    const asked = judged(subject(), { model, version: '2', champion: '@nobody', ...GATES });
    await expect(asked).rejects.toThrow('`champion`: `judged-');
  });

  test('an alias of the name of the environment, where nothing is decided', async () => {
    await mark([['alias', 'staging', '3']]);
    const asked = { model, version: '2', environment: 'staging', ...GATES };
    expect(await judged(subject(), asked)).toMatchObject({ champion: '3', verdict: 'pass' });
  });
}
