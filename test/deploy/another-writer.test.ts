import { configMap } from '@passmuster/cluster/double/seeds.ts';
import { describe, expect, test } from 'vitest';
import { historyOf, lastTicket, stands } from '../promote/running.fixture.ts';
import {
  dataIn,
  deploy,
  promoted,
  run,
  runsIn,
  SERVES,
  type World,
  world,
} from './serving.fixture.ts';

const CHANGED = { current_version: 'v1.1.0' };

/** Somebody who writes right before the first patch that counts reaches the server. */
function meanwhile({ double }: World, patch: Record<string, unknown>, most = 1): () => number {
  let times = 0;
  double.onRequest(({ method, path, query }) => {
    if (method !== 'PATCH' || !/configmaps/.test(path) || query['dryRun']) return undefined;
    if (times++ >= most) return undefined;
    double.change('ConfigMap', 'ml', 'versions', patch, 'kubectl-edit');
    return undefined;
  });
  return () => times;
}

describe('another writer', () => {
  test('of something else: it is tried again, and done', async () => {
    const at = await world();
    await promoted(at);
    const times = meanwhile(at, { data: { theirs: 'x' }, metadata: { labels: { a: 'b' } } });
    const { outputs } = await deploy(at);
    expect(outputs.outcome).toBe('deployed');
    expect(times()).toBe(2);
    expect(dataIn(at)).toEqual({ ...SERVES, ...CHANGED, theirs: 'x' });
  });

  test.each([
    ['deploy', async (at: World) => promoted(at).then(() => deploy(at))],
    ['run', (at: World) => run(at)],
  ])('of our key: `%s` stops, and says who it was and when', async (_, move) => {
    const at = await world();
    meanwhile(at, { data: { current_version: 'v7' } });
    const { result, outputs, page, said } = await move(at);
    expect(outputs.outcome).toBe('stopped');
    expect(result).toBe('conflict');
    expect(dataIn(at)).toMatchObject({ current_version: 'v7' });
    const who = /`?kubectl-edit`? (has )?(written|wrote) .*at \d{4}-\d\d-\d\d \d\d:\d\d/;
    expect(said).toMatch(who);
    expect(page).toMatch(who);
    expect(page).toContain('current_version: v7');
    expect(await stands(at.address)).toMatchObject({ champion: '2' });
    const last = (await lastTicket(at.address))?.result;
    expect(JSON.stringify(last)).toContain('kubectl-edit');
    expect((await lastTicket(at.address))?.outcome).toBe('stopped');
  });

  test('of our key while it is waited: it is not overwritten, and who it was is said', async () => {
    const at = await world();
    at.double.decide((_, { CURRENT_VERSION }) => {
      if (CURRENT_VERSION !== 'v1.1.0') return undefined;
      if (dataIn(at)?.['current_version'] === 'v1.1.0') {
        const data = { current_version: 'v7' };
        at.double.change('ConfigMap', 'ml', 'versions', { data }, 'kubectl-edit');
      }
      return 'ready';
    });
    const { outputs, said } = await run(at);
    expect(outputs.outcome).toBe('stopped');
    expect(said).toContain('kubectl-edit');
    expect(dataIn(at)).toMatchObject({ current_version: 'v7' });
  });

  test('between the look and the dry run: it is looked at again, and done', async () => {
    const at = await world();
    await promoted(at);
    let isDone = false;
    at.double.onRequest(({ method, query }) => {
      if (isDone || method !== 'PATCH' || !query['dryRun']) return undefined;
      isDone = true;
      at.double.change('ConfigMap', 'ml', 'versions', { data: { theirs: 'x' } });
      return undefined;
    });
    const { outputs } = await deploy(at);
    expect(outputs.outcome).toBe('deployed');
  });

  test('that deletes it and makes it anew: it is left alone', async () => {
    const at = await world();
    await promoted(at);
    let isDone = false;
    at.double.onRequest(({ method, path, query }) => {
      if (isDone || method !== 'PATCH' || !/configmaps/.test(path) || query['dryRun'])
        return undefined;
      isDone = true;
      at.double.delete('ConfigMap', 'ml', 'versions');
      at.double.put(configMap('versions', SERVES, { namespace: 'ml' }));
      return undefined;
    });
    const { outputs, result } = await deploy(at);
    expect(outputs.outcome).toBe('stopped');
    expect(result).toBe('conflict');
    expect(dataIn(at)).toEqual(SERVES);
    expect(runsIn(at, 'stable', 'CURRENT_VERSION')).toEqual(['v1.0.0']);
    expect((await historyOf(at.address, 'production')).at(-1)?.outcome).toBe('stopped');
  });
});
