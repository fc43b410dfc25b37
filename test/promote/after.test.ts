import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { expect, test } from 'vitest';
import { looking } from '../register/running.fixture.ts';
import {
  historyOf,
  MODEL,
  promoteTo,
  registered,
  rollBack,
  run,
  stands,
} from './running.fixture.ts';

const PRODUCTION = { environment: 'production' };
const LEDGER = `passmuster.${MODEL}`;

function asError(error: unknown): PassmusterError {
  if (error instanceof PassmusterError) return error;
  throw error;
}

const PROMOTE = 'passmuster promote --model gpt-custom --version v1.0.0 --environment staging';

test('a version that was never in staging does not get to production', async () => {
  const address = await registered([0.9]);
  const { result, outputs, said } = await run(address, PRODUCTION);
  expect([result, outputs.outcome, outputs.record]).toEqual(['refused', 'refused', '']);
  expect(said).toContain(
    `v1.0.0 (number 1) must have been live in staging before, and no record says that staging ever had it. Run \`${PROMOTE}\` first.`,
  );
  expect(await stands(address)).toEqual({});
  expect(await historyOf(address, 'production')).toEqual([]);
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
});

test('one that was put there by hand is judged there, or settled: both commands are shown', async () => {
  const address = await registered([0.9]);
  const registry = await looking(address);
  await registry.moveToStage(MODEL, '1', 'Staging', false);
  const { result, said } = await run(address, PRODUCTION);
  expect(result).toBe('refused');
  expect(said).toContain(
    `it stands in staging, but no record says that it passed there. Judge it there with \`${PROMOTE}\`, or take it as it is with \`passmuster settle --model gpt-custom --environment staging --reason '…'\`.`,
  );
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
  expect(await stands(address)).toEqual({ staging: '1', champion: '1', Production: '1' });
});

test('that staging has another by now does not matter; that it was rolled back does', async () => {
  const address = await registered([0.8, 0.9]);
  await promoteTo(address, 'v1.0.0', 'staging');
  await promoteTo(address, 'v1.1.0', 'staging');
  expect((await run(address, PRODUCTION)).outputs.outcome).toBe('promoted');
  await rollBack(address, 'staging', '1');
  const next = { ...PRODUCTION, version: 'v1.1.0' };
  const { result, said } = await run(address, next);
  expect(result).toBe('refused');
  expect(said).toMatch(
    /staging was rolled back from it\. Run `passmuster promote .* --environment staging --again` first/,
  );
  await run(address, { environment: 'staging', version: 'v1.1.0', again: 'true' });
  expect((await run(address, next)).outputs.outcome).toBe('promoted');
});

test.each<[string, (registry: Registry, number: string) => Promise<unknown>, RegExp]>([
  [
    'edited',
    async (registry, number) => {
      const last = await registry.version(LEDGER, number);
      const state = last?.tags.get('passmuster.state') ?? '';
      const edited = state.replace('done', 'put-back');
      await registry.tagVersion(LEDGER, number, 'passmuster.state', edited);
    },
    /was changed after it had been sealed|ticket \d+ was seen, and is not there/,
  ],
  [
    'edited, where nothing remembers it',
    async (registry, number) => {
      await registry.tagVersion(LEDGER, number, 'passmuster.mark.by', 'mallory');
      await registry.untagVersion(MODEL, '1', 'passmuster.moved.staging');
      await registry.untagVersion(MODEL, '2', 'passmuster.moved.staging');
    },
    /was changed after it had been sealed.*settle --model gpt-custom --environment staging/s,
  ],
  [
    'cut off',
    (registry, number) => registry.deleteVersion(LEDGER, number),
    /ticket \d+ was seen, and is not there/,
  ],
])('nor does a history of staging meet it that was %s', async (_, damage, says) => {
  const address = await registered([0.8, 0.9]);
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
  await promoteTo(address, 'v1.1.0', 'staging');
  await rollBack(address, 'staging', '1');
  const number = (await historyOf(address, 'staging')).at(-1)?.number ?? '';
  await damage(await looking(address), number);
  const before = await stands(address);
  const ended = await run(address, { ...PRODUCTION, version: 'v1.1.0' }).catch(asError);
  expect('kind' in ended ? ended.kind : ended.result).toBe('conflict');
  expect('kind' in ended ? ended.message : ended.said).toMatch(says);
  expect(await stands(address)).toEqual(before);
});

test('no override passes it', async () => {
  const policy = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }
environments: { staging: {}, production: { after: staging, may-override: [tester] } }
`;
  const address = await registered([0.5], policy);
  const { result } = await run(address, { ...PRODUCTION, override: 'the boss said so' });
  expect(result).toBe('refused');
  expect(await stands(address)).toEqual({});
});
