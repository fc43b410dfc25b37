import type { Registry } from '@passmuster/core/registry/registry.ts';
import { describe, expect, test } from 'vitest';
import { looking } from '../register/running.fixture.ts';
import { run as settle } from '../settle/running.fixture.ts';
import { run as status } from '../status/running.fixture.ts';
import { historyOf, MODEL, promoteTo, registered, run, stands } from './running.fixture.ts';

const POLICY = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }
environments: { production: { stage: Production, alias: champion, may-override: [tester] } }
`;
const TO = { environment: 'production' };
const NEXT = { ...TO, version: 'v1.1.0' };

describe('`expect`', () => {
  async function withFirst() {
    const address = await registered([0.8, 0.9], POLICY);
    await promoteTo(address, 'v1.0.0', 'production');
    return address;
  }

  test.each(['v1.0.0', '1', '@champion', 'Production'])('%s is what is there', async (is) => {
    const { outputs } = await run(await withFirst(), { ...NEXT, expect: is });
    expect(outputs.outcome).toBe('promoted');
  });

  test.each(['v1.1.0', '2', 'none'])('%s is not, and nothing moves', async (is) => {
    const address = await withFirst();
    const before = await stands(address);
    const { result, outputs, said } = await run(address, { ...NEXT, expect: is, override: 'x' });
    expect([result, outputs.outcome]).toEqual(['conflict', 'refused']);
    expect(said).toContain(`\`expect\` is ${is}, but production has v1.0.0 (number 1)`);
    expect(await stands(address)).toEqual(before);
  });

  test('none is right where nobody is, and wrong to name one', async () => {
    const address = await registered([0.9], POLICY);
    const wrong = await run(address, { ...TO, expect: 'v1.0.0' });
    expect(wrong.result).toBe('conflict');
    expect(wrong.said).toContain('production has no version');
    expect((await run(address, { ...TO, expect: 'none' })).outputs.outcome).toBe('promoted');
  });

  test('it is asked of what is there already, too', async () => {
    const address = await withFirst();
    const { result } = await run(address, { ...TO, expect: 'none' });
    expect(result).toBe('conflict');
    expect((await run(address, { ...TO, expect: 'v1.0.0' })).outputs.outcome).toBe('unchanged');
  });

  test('a version that is not there is the caller’s mistake', async () => {
    const running = run(await withFirst(), { ...NEXT, expect: 'v7.0.0' });
    await expect(running).rejects.toMatchObject({
      kind: 'input',
      problems: [{ message: expect.stringMatching(/^`expect`: .*v7\.0\.0/) }],
    });
  });
});

describe('what a hand has moved since is a conflict, and `settle` is shown', () => {
  test.each<[string, (registry: Registry) => Promise<unknown>, RegExp]>([
    [
      'the alias',
      (registry) => registry.setAlias(MODEL, 'champion', '3'),
      /the alias champion stands at number 3/,
    ],
    [
      'the stage',
      (registry) => registry.moveToStage(MODEL, '3', 'Production', true),
      /number 3 is in the stage Production/,
    ],
    [
      'another into the stage',
      (registry) => registry.moveToStage(MODEL, '3', 'Production', false),
      /number 3 is in the stage Production/,
    ],
    [
      'both',
      async (registry) => {
        await registry.setAlias(MODEL, 'champion', '3');
        await registry.moveToStage(MODEL, '3', 'Production', true);
      },
      /the alias champion stands at number 3/,
    ],
  ])('%s', async (_, edit, says) => {
    const address = await registered([0.8, 0.9, 0.95], POLICY);
    await promoteTo(address, 'v1.0.0', 'production');
    await edit(await looking(address));
    const before = await stands(address);
    for (const version of ['v1.1.0', 'v1.2.0']) {
      const { result, outputs, said } = await run(address, { ...TO, version, override: 'x' });
      expect([result, outputs.outcome]).toEqual(['conflict', 'refused']);
      expect(said).toMatch(/the ledger says number 1 \(v1\.0\.0, ticket \d+\), but .* by hand/);
      expect(said).toMatch(says);
      expect(said).toContain("settle --model gpt-custom --environment production --reason '…'`");
      expect(await stands(address)).toEqual(before);
      expect(await historyOf(address, 'production')).toHaveLength(1);
    }
  });

  test('once it is put back, it goes on', async () => {
    const address = await registered([0.8, 0.9], POLICY);
    await promoteTo(address, 'v1.0.0', 'production');
    const registry = await looking(address);
    await registry.setAlias(MODEL, 'champion', '2');
    expect((await run(address, NEXT)).result).toBe('conflict');
    await registry.setAlias(MODEL, 'champion', '1');
    expect((await run(address, NEXT)).outputs.outcome).toBe('promoted');
  });

  const emptied: readonly [string, (registry: Registry) => Promise<unknown>, RegExp][] = [
    [
      'the alias away',
      (registry) => registry.removeAlias(MODEL, 'champion'),
      /the alias champion is not set/,
    ],
    [
      'the version out of the stage',
      (registry) => registry.moveToStage(MODEL, '1', 'Archived', false),
      /no version is in the stage Production/,
    ],
    [
      'it into another stage',
      (registry) => registry.moveToStage(MODEL, '1', 'Staging', false),
      /no version is in the stage Production/,
    ],
    [
      'all of it away',
      async (registry) => {
        await registry.removeAlias(MODEL, 'champion');
        await registry.moveToStage(MODEL, '1', 'None', false);
      },
      /the alias champion is not set, and no version is in the stage Production/,
    ],
  ];

  test.each(emptied)(
    'a hand has taken %s: the same version is set again',
    async (_, edit, says) => {
      const address = await registered([0.8, 0.9], POLICY);
      await promoteTo(address, 'v1.0.0', 'production');
      await edit(await looking(address));
      const before = await stands(address);
      const told = await status(address, { model: MODEL, check: 'true' });
      expect([told.result, told.outputs.outcome]).toEqual(['refused', 'disagrees']);
      expect(told.text.replaceAll(/[\s`]+/g, ' ')).toMatch(says);
      const other = await run(address, { ...NEXT, override: 'x' });
      expect([other.result, other.outputs.outcome]).toEqual(['conflict', 'refused']);
      expect(other.said).toMatch(says);
      expect(other.said).toContain(
        "settle --model gpt-custom --environment production --reason '…'`",
      );
      expect(await stands(address)).toEqual(before);
      const again = await run(address, { ...TO, version: 'v1.0.0', expect: 'v1.0.0' });
      expect(again.outputs).toMatchObject({ outcome: 'promoted', from: '1', to: '1' });
      expect(await stands(address)).toEqual({ champion: '1', Production: '1' });
      const [first, second] = await historyOf(address, 'production');
      expect(second).toMatchObject({
        record: { from: { number: '1', ticket: first?.number }, to: { number: '1' } },
      });
      expect((await status(address, { model: MODEL })).outputs.outcome).toBe('agrees');
      expect((await run(address, TO)).outputs.outcome).toBe('unchanged');
      expect((await run(address, NEXT)).outputs.outcome).toBe('promoted');
    },
  );

  test.each(emptied.slice(0, 3))('a hand has taken %s: or it is settled', async (_, edit) => {
    const address = await registered([0.8, 0.9], POLICY);
    await promoteTo(address, 'v1.0.0', 'production');
    await edit(await looking(address));
    const before = await stands(address);
    const { outputs } = await settle(address);
    expect(outputs).toMatchObject({ outcome: 'settled', from: '1', to: '1' });
    expect(await stands(address)).toEqual(before);
    expect((await status(address, { model: MODEL })).outputs.outcome).toBe('agrees');
    expect((await settle(address)).outputs.outcome).toBe('unchanged');
    expect((await run(address, NEXT)).outputs.outcome).toBe('promoted');
    expect(await stands(address)).toMatchObject({ champion: '2', Production: '2' });
  });

  test('it is judged again before it is set again', async () => {
    const address = await registered([0.8], POLICY);
    await promoteTo(address, 'v1.0.0', 'production');
    await (await looking(address)).removeAlias(MODEL, 'champion');
    const { result, said } = await run(address, { ...TO, gates: 'accuracy >= 0.99' });
    expect([result, said]).toEqual(['refused', expect.stringContaining('accuracy')]);
    expect(await stands(address)).toEqual({ Production: '1' });
  });
});

describe('where it cannot be told what is there, nothing moves', () => {
  test.each<[string, (registry: Registry) => Promise<unknown>, RegExp]>([
    [
      'alias and stage disagree',
      async (registry) => {
        await registry.setAlias(MODEL, 'champion', '1');
        await registry.moveToStage(MODEL, '2', 'Production', false);
      },
      /the alias champion stands at number 1, but number 2 is in Production\. Set the alias/,
    ],
    [
      'two in the stage',
      async (registry) => {
        await registry.moveToStage(MODEL, '1', 'Production', false);
        await registry.moveToStage(MODEL, '2', 'Production', false);
      },
      /the stage Production has 2 versions, the numbers [12], [12]\. Move all but one/,
    ],
  ])('%s', async (_, edit, says) => {
    const address = await registered([0.8, 0.9], POLICY);
    await edit(await looking(address));
    const before = await stands(address);
    for (const version of ['v1.0.0', 'v1.1.0']) {
      const { result, outputs, said } = await run(address, { ...TO, version, override: 'x' });
      expect([result, outputs.outcome]).toEqual(['refused', 'refused']);
      expect(said).toMatch(says);
    }
    expect(await stands(address)).toEqual(before);
    expect(await historyOf(address, 'production')).toEqual([]);
  });
});
