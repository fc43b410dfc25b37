import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_LEASE, openLedger } from '@passmuster/core/ledger/open.ts';
import { expect, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';
import { run as verified } from '../verify/running.fixture.ts';
import { around, emptyRegistry, looking, run } from './running.fixture.ts';

const FILES = { 'config.json': '{"architectures":["Llama"]}', 'model.safetensors': 'weights' };
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const DATA = `pile, v3, sha256:${'a'.repeat(64)}`;

test('a version is registered, with all that it was made of as tags', async () => {
  const registry = await emptyRegistry();
  const path = await folderWith({ ...FILES, 'eval.json': '{}' });
  const code = { commit: 'c'.repeat(40), dirty: true, repository: 'https://github.com/acme/m' };
  const given = {
    path,
    version: '1.0.0',
    'base-model': 'meta/llama@8b',
    datasets: DATA,
    description: 'The first.',
    tags: 'team=search',
  };
  const { result, outputs, page, annotations } = await run(registry, given, { code });
  expect(result).toBe('done');
  expect(outputs).toMatchObject({ outcome: 'registered', version: 'v1.0.0', number: '1' });
  expect(outputs.digest).toMatch(DIGEST);
  expect(page).toContain('gpt-custom v1.0.0 is registered as number 1');
  expect(annotations).toMatchObject([{ level: 'warning' }]);

  const version = await (await looking(registry)).version('gpt-custom', '1');
  expect(version).toMatchObject({ source: 's3://models/1', description: 'The first.' });
  expect(Object.fromEntries(version?.tags ?? [])).toMatchObject({
    team: 'search',
    'passmuster.version': 'v1.0.0',
    'passmuster.digest': outputs.digest,
    'passmuster.ticket': 'passmuster.gpt-custom/1',
    'passmuster.base-model': 'meta/llama (8b)',
    'passmuster.architecture': 'Llama',
    'passmuster.datasets': DATA,
    'passmuster.commit': `${'c'.repeat(40)} with changes`,
    'passmuster.repository': 'https://github.com/acme/m',
  });
});

test('the same again is no change; other files under the name are refused, showing both', async () => {
  const registry = await emptyRegistry();
  const path = await folderWith(FILES);
  const first = await run(registry, { path, version: 'v1.0.0' });
  const again = await run(registry, { path, version: 'v1.0.0' });
  expect(again.result).toBe('done');
  expect(again.outputs).toEqual({ ...first.outputs, outcome: 'unchanged' });

  await writeFile(join(path, 'model.safetensors'), 'other');
  const other = await run(registry, { path, version: 'v1.0.0' });
  expect(other.result).toBe('refused');
  expect(other.outputs).toMatchObject({ outcome: 'refused', number: '' });
  expect(other.page).toContain(first.outputs.digest);
  expect(other.page).toContain(other.outputs.digest);
  expect(other.annotations).toMatchObject([{ level: 'error' }]);
  // Only what is registered has its manifest beside it.
  await writeFile(join(path, 'model.safetensors'), FILES['model.safetensors']);
  expect((await verified(path)).outputs.digest).toBe(first.outputs.digest);
});

test('without files, source and run tell versions apart', async () => {
  const registry = await emptyRegistry();
  const runId = 'a'.repeat(32);
  await run(registry, { version: 'v1.0.0', 'run-id': runId });
  const again = await run(registry, { version: 'v1.0.0', 'run-id': runId });
  expect(again.outputs.outcome).toBe('unchanged');
  const other = await run(registry, { version: 'v1.0.0', source: 's3://models/2' });
  expect(other.page).toContain('s3://models/2');
  expect(other.page).toContain(`s3://models/1 of run ${runId}`);
});

test.each([
  ['the base model', { 'base-model': 'llama@70b' }, {}, 'v2.0.0'],
  ['the architecture', {}, { 'config.json': '{"architectures":["Mamba"]}' }, 'v2.0.0'],
  ['the data', { datasets: DATA }, {}, 'v1.1.0'],
  ['the weights', {}, { 'model.safetensors': 'other' }, 'v1.1.0'],
  ['the configuration', {}, { 'generation_config.json': '{}' }, 'v1.0.1'],
  ['only what is said of it', {}, { 'README.md': 'x' }, 'v1.0.1'],
])('bump: auto goes by what changed: %s', async (_, given, files, expected) => {
  const registry = await emptyRegistry();
  const path = await folderWith(FILES);
  const base = { 'base-model': 'llama@8b', path };
  const first = await run(registry, { ...base, bump: 'auto' });
  expect(first.outputs.version).toBe('v1.0.0');
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path, { recursive: true });
    await writeFile(join(path, name), content);
  }
  // Without `path`-level changes the digest would be the same, and so the version.
  await writeFile(join(path, 'NOTES'), 'second');
  const second = await run(registry, { ...base, ...given, bump: 'auto' });
  expect(second.outputs).toMatchObject({ outcome: 'registered', version: expected });
  const again = await run(registry, { ...base, ...given, bump: 'auto' });
  expect(again.outputs).toMatchObject({ outcome: 'unchanged', version: expected });
});

test('a step that is too small is refused with the reason and the right number', async () => {
  const registry = await emptyRegistry();
  await run(registry, { version: 'v1.2.0', 'base-model': 'llama@8b' });
  const given = { version: 'v1.2.1', 'base-model': 'llama@70b', source: 's3://models/2' };
  const refused = await run(registry, given);
  expect(refused.result).toBe('refused');
  expect(refused.page).toContain('base model was llama (8b) and is llama (70b)');
  expect(refused.page).toContain('Take v2.0.0');
  expect((await run(registry, { ...given, version: 'v2.0.0' })).result).toBe('done');
});

test('dry-run registers nothing and writes nothing', async () => {
  const registry = await emptyRegistry();
  const path = await folderWith(FILES);
  const { outputs, page } = await run(registry, { path, bump: 'minor', 'dry-run': 'true' });
  expect(outputs).toMatchObject({ outcome: 'planned', version: 'v1.0.0', number: '', ticket: '' });
  expect(page).toContain('would be registered');
  const there = await looking(registry);
  expect(await there.model('gpt-custom')).toBeUndefined();
  expect(await there.model('passmuster.gpt-custom')).toBeUndefined();
  expect(await readdir(path)).not.toContain('passmuster.manifest.json');
});

test('a version with the name, but never sealed, is adopted when it is the same', async () => {
  const registry = await emptyRegistry();
  const there = await looking(registry);
  await there.createModel({ name: 'gpt-custom' });
  const tags = new Map([['passmuster.version', 'v1.0.0']]);
  await there.createVersion({ model: 'gpt-custom', source: 's3://models/1', tags });
  const foreign = await run(registry, { version: 'v1.0.0', source: 's3://models/2' });
  expect(foreign.page).toContain('carries the name v1.0.0 without a record of ours');
  expect(foreign.page).toContain('it is s3://models/1');
  const { outputs } = await run(registry, { version: 'v1.0.0' });
  expect(outputs).toMatchObject({ outcome: 'adopted', number: '1' });
  const version = await there.version('gpt-custom', '1');
  expect(version?.tags.get('passmuster.ticket')).toBe(`passmuster.gpt-custom/${outputs.ticket}`);
  expect((await run(registry, { version: 'v1.0.0' })).outputs.outcome).toBe('unchanged');
});

test('a version that somebody else made is not adopted for what its tags claim', async () => {
  const address = await emptyRegistry();
  const path = await folderWith(FILES);
  const { outputs } = await run(address, { path, version: 'v1.0.0', 'dry-run': 'true' });
  const there = await looking(address);
  await there.createModel({ name: 'gpt-custom' });
  const tags = new Map([
    ['passmuster.version', 'v1.0.0'],
    ['passmuster.digest', String(outputs.digest)],
    ['passmuster.base-model', 'evil (1)'],
  ]);
  await there.createVersion({ model: 'gpt-custom', source: 's3://evil/1', tags });
  const refused = await run(address, { path, version: 'v1.0.0', 'base-model': 'good@1' });
  expect(refused.result).toBe('refused');
  expect(refused.page).toContain('it is s3://evil/1');
  expect(refused.page).toContain('its tag passmuster.base-model says otherwise');
});

test('a version that was only tagged by hand neither hides a change nor moves the numbers', async () => {
  const address = await emptyRegistry();
  await run(address, { version: 'v1.0.0', 'base-model': 'llama@3' });
  const there = await looking(address);
  for (const name of ['v1.0.1', 'v99.0.0']) {
    const tags = new Map([['passmuster.version', name]]);
    await there.createVersion({ model: 'gpt-custom', source: 's3://x/y', tags });
  }
  const other = { source: 's3://m/2', 'base-model': 'other@1' };
  const hidden = await run(address, { ...other, version: 'v1.0.2' });
  expect(hidden.page).toContain('Take v2.0.0');
  const bumped = await run(address, { ...other, bump: 'auto' });
  expect(bumped.outputs.version).toBe('v2.0.0');
});

test('a ledger with a gap says nothing any more, and stops whoever would write', async () => {
  const address = await emptyRegistry();
  for (const [n, version] of ['v1.0.0', 'v1.1.0', 'v1.2.0'].entries()) {
    await run(address, { version, source: `s3://m/${n}` });
  }
  const there = await looking(address);
  await there.deleteVersion('passmuster.gpt-custom', '2');
  await there.deleteVersion('gpt-custom', '2');
  const again = run(address, { version: 'v1.1.0', source: 's3://evil/1' });
  await expect(again).rejects.toMatchObject({ kind: 'conflict' });
  await expect(again).rejects.toThrow('Version 2 of the ledger is gone');
});

test('a name stays taken when its version is deleted', async () => {
  const registry = await emptyRegistry();
  await run(registry, { version: 'v1.0.0' });
  const there = await looking(registry);
  await there.deleteVersion('gpt-custom', '1');
  const { result, page } = await run(registry, { version: 'v1.0.0' });
  expect(result).toBe('refused');
  expect(page).toContain('has been deleted since');
  const next = await run(registry, { bump: 'patch' });
  expect(next.outputs.version).toBe('v1.0.1');
});

test('the manifest is kept beside the run’s artifacts, where the registry keeps any', async () => {
  const address = await emptyRegistry();
  const registry = await looking(address);
  const experimentId = await registry.createExperiment('training');
  const { id, artifactUri } = await registry.createRun({ experimentId });
  const path = await folderWith(FILES);
  const given = { path, version: 'v1.0.0', source: `runs:/${id}/model` };
  const { report, page } = await run(address, given);
  const { manifest } = report as { manifest: string };
  expect(manifest).toMatch(`${artifactUri}/passmuster/`);
  expect(page).toContain(`run: ${id}`);
  const kept = await registry.readArtifact(manifest, 1e6);
  const written = await readFile(join(path, 'passmuster.manifest.json'));
  expect(Buffer.from(kept ?? []).equals(written)).toBe(true);
});

test('the ledger holds what was registered, as one chain', async () => {
  const registry = await emptyRegistry();
  await run(registry, { version: 'v1.0.0' });
  await run(registry, { version: 'v1.1.0', source: 's3://models/2' });
  const ledger = openLedger({
    ...around(),
    registry: await looking(registry),
    model: 'gpt-custom',
    lease: DEFAULT_LEASE,
  });
  const { sealed, problems } = (await ledger.whole(new AbortController().signal)).history('names');
  expect(problems).toEqual([]);
  expect(sealed.map(({ record, result }) => [record?.['version'], result?.['number']])).toEqual([
    ['v1.0.0', '1'],
    ['v1.1.0', '2'],
  ]);
});

test.each([
  [{ version: 'v1.0.0', bump: 'minor' }, 'both given'],
  [{}, 'Nothing says what to call the version'],
  [{ version: 'one' }, 'three numbers'],
  [{ version: 'v1.0.0', model: 'passmuster.gpt-custom' }, 'is a ledger'],
  [{ version: 'v1.0.0', source: 'here' }, 'no registry could find again'],
  [{ version: 'v1.0.0', source: 'https://u:p@host/x' }, 'no registry could find again'],
  [{ version: 'v1.0.0', source: 's3://b/x?X-Amz-Signature=abc' }, 'a signature or a token in it'],
  [{ version: 'v1.0.0', model: 'р\u0430ypal' }, 'mixes Latin letters with Cyrillic'],
  [{ version: 'v1.0.0', model: 'a\u202eb' }, 'invisible'],
  [{ version: 'v1.0.0', config: 'nope.yaml' }, 'is not there'],
  [{ version: 'v1.0.0', source: 's3://b/../x' }, 'at embedded:'],
  [{ version: 'v1.0.0', evaluations: 'eval/*.json' }, 'No file fits the pattern'],
  [
    { version: 'v1.0.0', source: `runs:/${'a'.repeat(32)}/model`, 'run-id': 'b'.repeat(32) },
    'but `run-id` is',
  ],
])('%j is refused before anything is written', async (given, says) => {
  const registry = await emptyRegistry();
  await expect(run(registry, given)).rejects.toThrow(says);
});
