import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Interrupted } from '@passmuster/core/errors.ts';
import { Claimed } from '@passmuster/core/ledger/ledger.ts';
import { openLedger } from '@passmuster/core/ledger/open.ts';
import { marksOf } from '@passmuster/core/versions/sealed.ts';
import { expect, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';
import { around, emptyRegistry, LEASE, looking, openRegistry, run } from './running.fixture.ts';

const FILES = { 'model.safetensors': 'weights' };
const { signal } = new AbortController();

/** What a run warns of while it runs. */
function hearing() {
  const warned: string[] = [];
  return { warned, voice: { ...around().voice, warn: (text: string) => void warned.push(text) } };
}

test('files that nobody sealed do not become those of a version that was sealed without any', async () => {
  const registry = await emptyRegistry();
  await run(registry, { version: 'v1.0.0' });
  const path = await folderWith(FILES);
  const { result, page } = await run(registry, { path, version: 'v1.0.0' });
  expect(result).toBe('refused');
  expect(page).toContain('was sealed without its files');
});

test('a repetition shows what is on record, and warns where it says otherwise', async () => {
  const registry = await emptyRegistry();
  const path = await folderWith(FILES);
  const given = { path, version: 'v1.0.0' };
  const first = await run(registry, { ...given, 'base-model': 'llama@8b' });
  const same = await run(registry, { ...given, 'base-model': 'llama@8b' });
  expect(same.annotations).toEqual([]);
  const other = await run(registry, { ...given, 'base-model': 'llama@70b' });
  expect(other.outputs).toEqual({ ...first.outputs, outcome: 'unchanged' });
  expect(other.page).toContain('llama (8b)');
  expect(other.page).not.toContain('70b');
  expect(other.annotations).toMatchObject([{ level: 'warning' }]);
  const without = await run(registry, { version: 'v1.0.0', 'base-model': 'llama@8b' });
  expect(without.outputs.digest).toBe(first.outputs.digest);
});

test('a tag that somebody edited is told, and stops nobody', async () => {
  const address = await emptyRegistry();
  await run(address, { version: 'v1.0.0' });
  const registry = await looking(address);
  await registry.tagVersion('gpt-custom', '1', 'passmuster.version', 'v7.0.0');
  const { warned, voice } = hearing();
  const next = await run(address, { version: 'v8.0.0', source: 's3://m/2' }, { voice });
  expect(next.outputs.outcome).toBe('registered');
  expect(warned.join()).toContain('was sealed as v1.0.0, but its tag');
});

test('an older job that runs again finds its own version', async () => {
  const registry = await emptyRegistry();
  const bumped = (source: string) => run(registry, { bump: 'minor', source });
  expect((await bumped('s3://m/a')).outputs.version).toBe('v1.0.0');
  expect((await bumped('s3://m/b')).outputs.version).toBe('v1.1.0');
  expect((await bumped('s3://m/a')).outputs).toMatchObject({
    outcome: 'unchanged',
    version: 'v1.0.0',
  });
});

test('a registry that will not have the manifest keeps nobody from registering', async () => {
  const address = await emptyRegistry();
  const there = await looking(address);
  const experimentId = await there.createExperiment('training');
  const { id } = await there.createRun({ experimentId });
  const path = await folderWith(FILES);
  const { warned, voice } = hearing();
  const refusing = async () => {
    const registry = await openRegistry(address);
    // Too large for its own limit: whatever the text.
    return { ...registry, writeArtifact: (uri: string) => registry.writeArtifact(uri, HUGE) };
  };
  const HUGE = new Uint8Array(33 * 1024 * 1024);
  const { outputs } = await run(
    address,
    { path, version: 'v1.0.0', source: `runs:/${id}/model` },
    { voice, openRegistry: refusing },
  );
  expect(outputs.outcome).toBe('registered');
  expect(warned.join()).toContain('The manifest is kept here only');
  const version = await there.version('gpt-custom', '1');
  expect(version?.tags.has('passmuster.manifest')).toBe(false);
});

test('more data than a tag holds is cut there, and whole in the record', async () => {
  const address = await emptyRegistry();
  const datasets = Array.from({ length: 90 }, (_, n) => `set-${n}, v1, sha256:${'a'.repeat(64)}`);
  await run(address, { version: 'v1.0.0', datasets: datasets.join('\n') });
  const registry = await looking(address);
  const tag = (await registry.version('gpt-custom', '1'))?.tags.get('passmuster.datasets') ?? '';
  expect(tag.length).toBeLessThanOrEqual(4_500);
  expect(tag).toMatch(/… and \d+ more, which the ticket names$/);
  const ledger = openLedger({ ...around(), registry, model: 'gpt-custom', lease: LEASE });
  const [ticket] = await ledger.find(marksOf('v1.0.0'), signal);
  expect(ticket?.record).toMatchObject({ facts: { datasets: { length: 90 } } });
});

test('a run that is told to stop puts back what it had only begun to say', async () => {
  const address = await emptyRegistry();
  const controller = new AbortController();
  const stopping = async () => {
    const registry = await openRegistry(address);
    const { tagVersion } = registry;
    return {
      ...registry,
      async tagVersion(...args: Parameters<typeof tagVersion>) {
        await tagVersion(...args);
        // The last part of the record: the next step would be the first effect.
        if (args[2] === 'passmuster.record') controller.abort(new Interrupted('SIGTERM'));
      },
    };
  };
  const stopped = run(
    address,
    { version: 'v1.0.0' },
    { openRegistry: stopping, signal: controller.signal },
  );
  await expect(stopped).rejects.toBeInstanceOf(Interrupted);
  const registry = await looking(address);
  const ledger = openLedger({ ...around(), registry, model: 'gpt-custom', lease: LEASE });
  expect(await ledger.find(marksOf('v1.0.0'), signal)).toMatchObject([{ outcome: 'put-back' }]);
});

test('who was claimed says what it left behind, and names the claimer', async () => {
  const address = await emptyRegistry();
  const path = await folderWith(FILES);
  await writeFile(join(path, 'NOTES'), 'x');
  const claiming = async () => {
    const registry = await openRegistry(address);
    return {
      ...registry,
      async createVersion(...[version, call]: Parameters<typeof registry.createVersion>) {
        const made = await registry.createVersion(version, call);
        if (version.model !== 'gpt-custom') return made;
        // Another takes over, as if this process had been stopped for long.
        throw new Claimed('2', { message: 'Ticket 1 was claimed by ticket 2.' });
      },
    };
  };
  const claimed = run(address, { path, version: 'v1.0.0' }, { openRegistry: claiming });
  await expect(claimed).rejects.toMatchObject({ kind: 'conflict' });
  await expect(claimed).rejects.toThrow(/claimed by ticket 2.*is there, as number 1/s);
});
