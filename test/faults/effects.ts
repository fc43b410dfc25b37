import { expect, test } from 'vitest';
import { late, lost, none, truncated, twice } from './fault.ts';
import { endOf, first, journey, numbersOf } from './journey.ts';

/** What stands on the server afterwards. */
export function effectsUnderFaults(server: () => string): void {
  test('of two in a stage one is left, though the reply to the move was lost', async () => {
    const moved = await journey(server(), first(lost));
    const { registry, direct, model } = moved;
    await direct.createVersion({ model, source: 's3://bucket/second' });
    await direct.moveToStage(model, '1', 'Production', false);
    const { stage } = await registry.moveToStage(model, '2', 'Production', true);
    const stages = new Map<string, string>();
    for await (const version of direct.versions({ model })) {
      stages.set(version.number, version.stage);
    }
    expect(stage).toBe('Production');
    expect(moved.proxy.seen.map(({ answered }) => answered)).toEqual([[200], [200]]);
    expect(Object.fromEntries(stages)).toEqual({ 1: 'Archived', 2: 'Production' });
  });

  test('a version that comes late was not said to be missing', async () => {
    const held = await journey(server(), first(late));
    const { registry, model, proxy } = held;
    const made = registry.createVersion({ model, source: 's3://bucket/late' });
    expect(await endOf(held, made)).toBe('unanswered/unknown after 1');
    expect(await numbersOf(held)).toEqual(['1']);
    await proxy.deliverLate();
    expect(await numbersOf(held)).toEqual(['1', '2']);
  });

  test('a copy that comes late still overwrites, which nobody can prevent', async () => {
    const { registry, direct, model, proxy } = await journey(server(), first(late));
    await direct.createVersion({ model, source: 's3://bucket/second' });
    await registry.setAlias(model, 'champion', '1');
    await registry.setAlias(model, 'champion', '2');
    const aliases = async () => Object.fromEntries((await direct.model(model))?.aliases ?? []);
    expect(await aliases()).toEqual({ champion: '2' });
    await proxy.deliverLate();
    expect(await aliases()).toEqual({ champion: '1' });
  });

  test('a model that was made without a reply is found to be there', async () => {
    const { registry, model } = await journey(server(), first(lost));
    const name = `${model} again`;
    const refused = (reason: string) => ({ failure: { reason } });
    await expect(registry.createModel({ name })).rejects.toMatchObject(refused('unanswered'));
    await expect(registry.createModel({ name })).rejects.toMatchObject(refused('exists'));
    expect((await registry.model(name))?.name).toBe(name);
  });

  test('what is taken away twice is gone once', async () => {
    const { registry, direct, model } = await journey(server(), first(lost, none));
    await direct.setAlias(model, 'champion', '1');
    await registry.removeAlias(model, 'champion');
    expect((await direct.model(model))?.aliases.size).toBe(0);
  });

  test('a list that is cut is asked for again, and has each version once', async () => {
    const { registry, direct, model, proxy } = await journey(server(), first(truncated(200)));
    for (const part of ['a', 'b', 'c']) {
      await direct.createVersion({ model, source: `s3://bucket/${part}` });
    }
    const numbers = [];
    for await (const { number } of registry.versions({ model })) numbers.push(number);
    expect(numbers).toEqual(['4', '3', '2', '1']);
    expect(proxy.seen).toHaveLength(2);
  });

  test.each([lost, twice])('metrics that arrive twice are there once: %o', async (fault) => {
    const { registry, direct, model } = await journey(server(), first(fault));
    const experimentId = await direct.createExperiment(model);
    const { id } = await direct.createRun({ experimentId });
    const metrics = [1, 2].map((step) => ({ key: 'acc', value: step / 4, timestamp: 5, step }));
    await registry.log(id, { metrics, params: new Map([['lr', '0.1']]) });
    const history = [];
    for await (const { value } of direct.metricHistory(id, 'acc')) history.push(value);
    expect(history).toEqual([0.25, 0.5]);
    expect((await direct.run(id))?.params).toEqual(new Map([['lr', '0.1']]));
  });

  test('a file is whole, however often it was sent and read', async () => {
    const { registry, direct, model, proxy } = await journey(
      server(),
      first(lost, none, truncated(3)),
    );
    const experimentId = await direct.createExperiment(model);
    const { artifactUri } = await direct.createRun({ experimentId });
    const uri = `${artifactUri}/manifest.json`;
    const content = Buffer.from('{"files":[]}');
    await registry.writeArtifact(uri, content);
    expect(await registry.readArtifact(uri, 1000)).toEqual(content);
    expect(await registry.readArtifact(uri, 1000)).toEqual(content);
    const befell = proxy.seen.map(({ what, fault }) => `${what.split(' ')[0]} ${fault}`);
    const written = ['PUT cut', 'PUT none'];
    expect(befell).toEqual([...written, 'GET cut', 'GET none', 'GET truncated', 'GET none']);
  });
}
