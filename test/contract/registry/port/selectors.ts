import { VERSION_TAG } from '@passmuster/core/versions/identifier.ts';
import { resolveSelector } from '@passmuster/core/versions/resolve.ts';
import { beforeAll, expect, test } from 'vitest';
import { freshName, freshRun, SOURCE, type Subject } from './opened.ts';

/** Every way to name a version, on a server as it is. */
export function selectorContract(subject: Subject): void {
  const model = freshName('selected');
  let run = '';
  const resolve = async (selector: string): Promise<string> => {
    const { registry } = subject();
    const sealedAs = async () => 'agrees' as const;
    return (await resolveSelector({ registry, model, sealedAs }, selector)).number;
  };

  beforeAll(async () => {
    const { registry } = subject();
    ({ run } = await freshRun(subject()));
    await registry.createModel({ name: model });
    const version = (name: string, runId = '') =>
      registry.createVersion({
        model,
        source: SOURCE,
        runId,
        tags: new Map([[VERSION_TAG, name]]),
      });
    await version('v1.0.0');
    await version('v1.1.0', run);
    await version('1234567');
    await registry.setAlias(model, 'champion', '1');
    await registry.moveToStage(model, '2', 'Production', false);
  });

  test.each([
    ['v1.1.0', '2'],
    ['1.1.0', '2'],
    ['semver:v1.0.0', '1'],
    ['1', '1'],
    ['number:2', '2'],
    ['@champion', '1'],
    ['alias:champion', '1'],
    ['Production', '2'],
    ['stage:Production', '2'],
    ['latest', '3'],
    ['commit:1234567', '3'],
    ['1234567', '3'],
  ])('%s', async (selector, number) => {
    expect(await resolve(selector)).toBe(number);
  });

  test('run:<id>', async () => {
    expect(await resolve(`run:${run}`)).toBe('2');
  });

  test.each([
    ['v9.0.0', /has no version `v9\.0\.0`.*`3` \(1234567\), `2` \(v1\.1\.0\), `1` \(v1\.0\.0\)/s],
    ['99', /no version `99`/],
    ['@challenger', /`@champion`/],
    ['Staging', /Production/],
    ['champion', /Did you mean `@champion`/],
    ['run:0123', /run/],
  ])('%s is nothing, and says what there is', async (selector, says) => {
    await expect(resolve(selector)).rejects.toMatchObject({ kind: 'input' });
    const told = await resolve(selector).catch(
      ({ problems: [{ message, hint }] }) => `${message} ${hint}`,
    );
    expect(told).toMatch(says);
  });
}
