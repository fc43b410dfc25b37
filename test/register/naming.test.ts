import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgeThat } from '@passmuster/core/forge.fixture.ts';
import type { FileAtRef, Forge } from '@passmuster/core/forge.ts';
import { expect, onTestFinished, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';
import { around, emptyRegistry, looking, run } from './running.fixture.ts';

const commitOf = (commit: string) => ({ code: { commit, dirty: false } });
const ONE = 'abc123f'.padEnd(40, '0');
const TWO = 'def456a'.padEnd(40, '0');

async function policy(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'policy-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'passmuster.yaml');
  await writeFile(file, text);
  return file;
}

test('versions named after their commit', async () => {
  const registry = await emptyRegistry();
  const config = await policy('models: { gpt-custom: { versioning: commit } }');
  const named = async (source: string, commit: string) => {
    const { outputs } = await run(registry, { config, source }, commitOf(commit));
    return `${outputs.outcome} ${outputs.version}`;
  };
  expect(await named('s3://m/1', ONE)).toBe('registered abc123f');
  expect(await named('s3://m/1', ONE)).toBe('unchanged abc123f');
  expect(await named('s3://m/2', ONE)).toBe('registered abc123f-2');
  expect(await named('s3://m/3', ONE)).toBe('registered abc123f-3');
  expect(await named('s3://m/4', TWO)).toBe('registered def456a');
  await (await looking(registry)).deleteVersion('gpt-custom', '4');
  expect(await named('s3://m/5', TWO)).toBe('registered def456a-2');
  await expect(run(registry, { config, bump: 'minor' })).rejects.toThrow('named after a commit');
  await expect(run(registry, { config, version: 'fedcba9' }, commitOf(ONE))).rejects.toThrow(
    'the commit that is checked out is',
  );
  await expect(run(registry, { config })).rejects.toThrow('there is none here');
});

test('versions named after the time', async () => {
  const registry = await emptyRegistry();
  const config = await policy('models: { gpt-custom: { versioning: timestamp } }');
  const clock = { ...around().clock, now: () => Date.UTC(2024, 10, 5, 14, 30) };
  const named = async (source: string) => {
    const { outputs } = await run(registry, { config, source }, { clock });
    return outputs.version;
  };
  expect(await named('s3://m/1')).toBe('2024-11-05-14-30-00');
  expect(await named('s3://m/1')).toBe('2024-11-05-14-30-00');
  expect(await named('s3://m/2')).toBe('2024-11-05-14-30-01');
});

test('evaluation files are bound by their digests, those of the policy where none are named', async () => {
  const registry = await emptyRegistry();
  const folder = await folderWith({ 'eval/a.json': '{}', 'eval/b.txt': '', 'other.json': '1' });
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  const config = await policy('models: { gpt-custom: { evaluations: ["eval/*.json"] } }');
  const bound = async (given: Record<string, string>) => {
    const { report } = await run(registry, { version: 'v1.0.0', 'dry-run': 'true', ...given });
    return (report as { evaluations: { path: string }[] }).evaluations.map(({ path }) => path);
  };
  expect(await bound({ config })).toEqual(['eval/a.json']);
  expect(await bound({ config, evaluations: '**/*.json' })).toEqual(['eval/a.json', 'other.json']);
  expect(await bound({})).toEqual([]);
});

const forgeWith = (file: FileAtRef): Forge => forgeThat({ fileAt: async () => file });

const RUN = { server: 'https://github.com', repository: 'acme/models', id: '7', attempt: '1' };

test('in a workflow the default branch says how versions are named, not the work tree', async () => {
  const registry = await emptyRegistry();
  const config = await policy('models: { gpt-custom: { versioning: timestamp } }');
  const text = 'models: { gpt-custom: { versioning: commit } }';
  const { page, outputs } = await run(
    registry,
    { config: 'passmuster.yaml' },
    {
      ...commitOf(ONE),
      host: { ...around().host, run: RUN, isJob: true },
      forge: forgeWith({ text, commit: TWO }),
    },
  );
  expect(config).toContain('passmuster.yaml');
  expect(outputs.version).toBe('abc123f');
  expect(page).toContain('default branch of acme/models');
  const version = await (await looking(registry)).version('gpt-custom', '1');
  expect(version?.tags.get('passmuster.registered-in')).toBe(
    'https://github.com/acme/models/actions/runs/7/attempts/1',
  );
});
