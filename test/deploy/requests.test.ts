import { describe, expect, test } from 'vitest';
import { asked, deploy, promoted, run, type World, world } from './serving.fixture.ts';

const canary = (at: World) => deploy(at, { version: 'v1.1.0', canary: '10' });

describe('how much is asked before it is waited', () => {
  /** All requests up to the first that follows a workload. */
  const beforeTheWait = ({ double }: World): string[] => {
    const all = double.requests.map(asked);
    const first = double.requests.findIndex(
      ({ query }) => query['fieldSelector'] !== undefined || query['watch'] !== undefined,
    );
    return first < 0 ? all : all.slice(0, first);
  };
  const workloads = 1;

  test.each<[string, (at: World) => Promise<unknown>, (at: World) => Promise<unknown>]>([
    ['run', run, async () => {}],
    ['deploy', deploy, promoted],
    ['canary', canary, async () => {}],
    ['drop', (at) => deploy(at, { canary: 'drop' }), canary],
  ])('%s: at most six, and one for each workload', async (_, move, prepare) => {
    const at = await world();
    await prepare(at);
    at.double.reset();
    await move(at);
    const before = beforeTheWait(at);
    expect(before.length, before.join('\n')).toBeLessThanOrEqual(6 + workloads);
  });

  test('where nothing changes: four', async () => {
    const at = await world();
    await promoted(at);
    await deploy(at);
    at.double.reset();
    await deploy(at);
    expect(at.double.requests.map(asked)).toHaveLength(4);
  });
});
