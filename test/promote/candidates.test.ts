import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { describe, expect, test } from 'vitest';
import {
  emptyRegistry,
  looking,
  openRegistry,
  run as register,
} from '../register/running.fixture.ts';
import { standingIn } from '../validate/running.fixture.ts';
import { folderWith } from '../verify/folder.ts';
import {
  historyOf,
  MODEL,
  problemsOf,
  promoteTo,
  registered,
  run,
  stands,
} from './running.fixture.ts';

const LONELY = { environment: 'lonely' };

/** The registry, which says something else of each version. */
const saying = (address: string, other: Partial<ModelVersion>) => async (): Promise<Registry> => {
  const registry = await openRegistry(address);
  return {
    ...registry,
    async *versions(...asked) {
      for await (const version of registry.versions(...asked)) {
        yield version.model === MODEL ? { ...version, ...other } : version;
      }
    },
  };
};

const OVERRIDING = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }
environments: { lonely: { may-override: [tester] } }
`;

test.each<[string, Partial<ModelVersion>, RegExp]>([
  [
    'pending',
    { status: 'PENDING_REGISTRATION' },
    /Number 1 is not ready: the registry says PENDING_REGISTRATION\. Wait until it is/,
  ],
  [
    'failed',
    { status: 'FAILED_REGISTRATION', statusMessage: '[no](https://such.bucket)\n' },
    /says FAILED_REGISTRATION: \[no\]\(https:\/\/such\.bucket\)\\u\{a\}\. /,
  ],
  [
    'said to be of another model',
    { model: 'other' },
    /Number 1 is a version of "other", not of "gpt-custom"/,
  ],
])('a version that is %s is refused, whoever may override', async (_, other, says) => {
  const address = await registered([0.5], OVERRIDING);
  const given = { ...LONELY, version: '1', override: 'it is fine' };
  const openRegistry = saying(address, other);
  const { result, outputs, said } = await run(address, given, { openRegistry });
  expect([result, outputs.outcome]).toEqual(['refused', 'refused']);
  expect(said).toMatch(says);
  expect(await stands(address)).toEqual({});
  expect(await historyOf(address, 'lonely')).toEqual([]);
});

test('the run of another model’s version names no version of this one', async () => {
  const address = await registered([0.9]);
  const registry = await looking(address);
  const { id } = await registry.createRun({ experimentId: '0' });
  await registry.createModel({ name: 'other' });
  await registry.createVersion({ model: 'other', source: 's3://o/1', runId: id });
  const problems = await problemsOf(run(address, { ...LONELY, version: `run:${id}` }));
  expect(problems).toMatch(/^input: `version`: .*gpt-custom.*run/s);
});

test.each([
  [
    'by its name',
    'v1.0.0',
    /`version`: .*It was number 1, sealed by ticket 1, and has been deleted since/,
  ],
  [
    'by its typed name',
    'semver:v1.0.0',
    /It was number 1, sealed by ticket 1, and has been deleted/,
  ],
  ['by its number', '1', /`version`: .*1/],
  ['by its typed number', 'number:1', /`version`: .*1/],
])('a version that was deleted is the caller’s mistake %s', async (_, version, says) => {
  const address = await registered([0.9, 0.95]);
  await (await looking(address)).deleteVersion(MODEL, '1');
  const problems = await problemsOf(run(address, { ...LONELY, version }));
  expect(problems).toMatch(/^input: /);
  expect(problems).toMatch(says);
  expect(await historyOf(address, 'lonely')).toEqual([]);
});

test('what stood in an environment and was deleted is told with the way out', async () => {
  const address = await registered([0.9, 0.95, 0.96]);
  await promoteTo(address, 'v1.0.0', 'lonely');
  await promoteTo(address, 'v1.1.0', 'lonely');
  const registry = await looking(address);
  await registry.deleteVersion(MODEL, '2');
  await registry.setAlias(MODEL, 'lonely', '1');
  const { result, said } = await run(address, { ...LONELY, version: 'v1.2.0' });
  expect(result).toBe('conflict');
  expect(said).toMatch(/number 2 \(v1\.1\.0, ticket \d+\)/);
  expect(await stands(address)).toEqual({ lonely: '1' });
});

describe('the digest that was sealed must still stand', () => {
  /** A version with its files, and a manifest in the registry. */
  async function withManifest() {
    const address = await emptyRegistry();
    const registry = await looking(address);
    const experimentId = await registry.createExperiment('training');
    const { id } = await registry.createRun({ experimentId });
    const metrics = [{ key: 'accuracy', value: 0.9, step: 0, timestamp: 1 }];
    await registry.log(id, { metrics });
    const path = await folderWith({ 'model.safetensors': 'weights' });
    await register(address, { path, version: 'v1.0.0', source: `runs:/${id}/model` });
    await standingIn({ 'passmuster.yaml': OVERRIDING });
    const version = await registry.version(MODEL, '1');
    const manifest = version?.tags.get('passmuster.manifest') ?? '';
    return { address, registry, manifest, runId: id };
  }
  type World = Awaited<ReturnType<typeof withManifest>>;

  test('it does', async () => {
    const { address } = await withManifest();
    const { outputs } = await run(address, LONELY);
    expect(outputs.outcome).toBe('promoted');
    const [moved] = await historyOf(address, 'lonely');
    expect(moved?.record).toMatchObject({ to: { digest: expect.stringMatching(/^sha256:/) } });
  });

  const bytes = (text: string) => Buffer.from(text);
  const other = `sha256:${'0'.repeat(64)}`;

  test.each<[string, (world: World) => Promise<unknown>, RegExp]>([
    [
      'its digest tag was edited',
      ({ registry }) => registry.tagVersion(MODEL, '1', 'passmuster.digest', other),
      /its files were sealed as sha256:.*and its tag says "sha256:0000/,
    ],
    [
      'its digest tag was taken off',
      ({ registry }) => registry.untagVersion(MODEL, '1', 'passmuster.digest'),
      /and its tag says an empty text/,
    ],
    [
      'its name was edited',
      ({ registry }) => registry.tagVersion(MODEL, '1', 'passmuster.version', 'v9.0.0'),
      /it was sealed as v1\.0\.0, and its tag says "v9\.0\.0"/,
    ],
    [
      'its manifest was edited',
      async ({ registry, manifest }) => {
        const before = await registry.readArtifact(manifest, 1e6);
        const text = Buffer.from(before ?? [])
          .toString()
          .replaceAll('model.', 'mode1.');
        await registry.writeArtifact(manifest, bytes(text));
      },
      /cannot be read: `root` is not the digest of the files listed\. [^.]* good\. Find out/,
    ],
    [
      'its manifest is that of another',
      async ({ address, registry, manifest, runId }) => {
        const path = await folderWith({ 'model.safetensors': 'other weights' });
        await register(address, { path, version: 'v1.1.0', source: `runs:/${runId}/other` });
        const version = await registry.version(MODEL, '2');
        const uri = version?.tags.get('passmuster.manifest') ?? '';
        const theirs = await registry.readArtifact(uri, 1e6);
        await registry.writeArtifact(manifest, theirs ?? bytes(''));
      },
      /its manifest gives the root digest sha256:[0-9a-f]{64}, and sha256:[0-9a-f]{64} was sealed/,
    ],
    [
      'its manifest is none',
      ({ registry, manifest }) => registry.writeArtifact(manifest, bytes('{"files": [')),
      /its manifest .* cannot be read/,
    ],
  ])('%s', async (_, edit, says) => {
    const world = await withManifest();
    await edit(world);
    const given = { ...LONELY, version: '1', override: 'it is fine' };
    const { result, said } = await run(world.address, given);
    expect(result).toBe('refused');
    expect(said).toMatch(/Number 1 is not what was registered any more/);
    expect(said).toMatch(says);
    expect(await stands(world.address)).toEqual({});
  });

  test('its manifest is gone', async () => {
    const { address } = await withManifest();
    const open = async (): Promise<Registry> => ({
      ...(await openRegistry(address)),
      readArtifact: async () => undefined,
    });
    const { result, said } = await run(address, LONELY, { openRegistry: open });
    expect(result).toBe('refused');
    expect(said).toMatch(/its manifest .* is gone/);
  });
});

test('a version that nobody registered is promoted by what its run has, and has no name', async () => {
  const address = await registered([0.9]);
  const registry = await looking(address);
  const experimentId = await registry.createExperiment('more');
  const { id, artifactUri } = await registry.createRun({ experimentId });
  const metrics = [{ key: 'accuracy', value: 0.85, step: 0, timestamp: 1 }];
  await registry.log(id, { metrics });
  await registry.createVersion({ model: MODEL, source: `${artifactUri}/model`, runId: id });
  const { outputs, said } = await run(address, { ...LONELY, version: `run:${id}` });
  expect(outputs, said).toMatchObject({ outcome: 'promoted', from: '', to: '2' });
  const [moved] = await historyOf(address, 'lonely');
  expect(moved?.record?.['to']).toEqual({ number: '2' });
  // One with a name may follow: there is nothing to compare it with.
  await promoteTo(address, 'v1.0.0', 'lonely');
});
