import type { Feature, Registry } from '@passmuster/core/registry/registry.ts';
import { describe, expect, test } from 'vitest';
import { servingGitlab } from './gitlab.fixture.ts';
import { no, PAGE, serving } from './serving.fixture.ts';
import { servingUnityCatalog } from './unity-catalog.fixture.ts';

const FEATURES: readonly Feature[] = [
  'aliases',
  'stages',
  'tags',
  'version-search',
  'logged-models',
  'artifacts',
];

const featuresOf = async (registry: Registry, model: string): Promise<Feature[]> => {
  const found: Feature[] = [];
  for (const feature of FEATURES) if (await registry.has(feature, model)) found.push(feature);
  return found;
};

const all = (model: string, registry: Registry): Promise<string[]> =>
  Array.fromAsync(registry.versions({ model }), ({ number }) => number);

describe('GitLab', () => {
  test('has none of what it lacks, and is not changed by the question', async () => {
    const { registry, asked } = await servingGitlab();
    expect(await featuresOf(registry, 'm')).toEqual([]);
    expect(asked.filter(({ method }) => method !== 'GET').map(({ json }) => json)).toEqual(
      Array(3).fill({}),
    );
  });

  const lacking: [string, RegExp, RegExp, (registry: Registry) => Promise<unknown>][] = [
    ['setAlias', /no aliases/, /`stage`/, (r) => r.setAlias('m', 'a', '1.0.0')],
    ['removeAlias', /no aliases/, /`stage`/, (r) => r.removeAlias('m', 'a')],
    ['tagModel', /no tags/, /only read/, (r) => r.tagModel('m', 'a', 'b')],
    ['untagModel', /no tags/, /only read/, (r) => r.untagModel('m', 'a')],
    ['tagVersion', /no tags/, /only read/, (r) => r.tagVersion('m', '1.0.0', 'a', 'b')],
    ['untagVersion', /no tags/, /only read/, (r) => r.untagVersion('m', '1.0.0', 'a')],
    ['moveToStage', /no stages/, /alias/, (r) => r.moveToStage('m', '1.0.0', 'Staging', true)],
    ['versions', /cannot list/, /by its number/, (r) => all('m', r)],
    ['loggedModel', /no logged models/, /run/, (r) => r.loggedModel('m-1')],
    ['readArtifact', /no files/, /serve/, (r) => r.readArtifact('mlflow-artifacts:/1/x', 9)],
    ['renameModel', /answered 404/, /part|address/, (r) => r.renameModel('m', 'n')],
    ['deleteVersion', /answered 404/, /part|address/, (r) => r.deleteVersion('m', '1.0.0')],
  ];

  test.each(lacking)('%s says what is lacking', async (_, lack, hint, ask) => {
    const { registry } = await servingGitlab();
    await expect(ask(registry)).rejects.toMatchObject({
      message: expect.stringMatching(lack),
      failure: { reason: 'unsupported', effect: 'none', status: 404 },
      problems: [{ hint: expect.stringMatching(hint) }],
    });
  });

  test('what it has works, its numbers being no numbers', async () => {
    const { registry } = await servingGitlab();
    expect(await registry.model('m')).toMatchObject({ name: 'm', more: { user_id: '1' } });
    expect(await registry.model('nobody')).toBeUndefined();
    expect(await registry.version('m', '1.0.0')).toMatchObject({ stage: 'development' });
    expect(await registry.version('m', '1')).toBeUndefined();
    expect(await registry.aliased('m', '1.0.0')).toMatchObject({ number: '1.0.0' });
    expect(await registry.aliased('m', 'nobody')).toBeUndefined();
    expect(await registry.latestVersions('m', [])).toHaveLength(1);
    expect(await registry.latestVersions('m', ['Production'])).toEqual([]);
    const byTag = registry.models({ tags: new Map([['team', 'shop']]) });
    expect(await Array.fromAsync(byTag)).toEqual([]);
  });
});

describe('Unity Catalog', () => {
  const MODEL = 'catalog.schema.m';

  test('has aliases, tags and a search', async () => {
    const { registry } = await servingUnityCatalog();
    expect(await featuresOf(registry, MODEL)).toEqual(['aliases', 'tags', 'version-search']);
  });

  test('its maps and texts are understood', async () => {
    const { registry } = await servingUnityCatalog();
    const model = await registry.model(MODEL);
    expect(model).toMatchObject({ created: 1_700_000_000_000, updated: 0, description: '' });
    expect(model?.aliases).toEqual(new Map([['champion', '2']]));
    const version = await registry.aliased(MODEL, 'champion');
    expect(version).toMatchObject({ number: '2', stage: '', created: 1_700_000_000_000 });
    expect(await registry.aliased(MODEL, 'nobody')).toBeUndefined();
    await registry.removeAlias(MODEL, 'champion');
  });

  test('what it will not sort or filter is sorted and filtered here', async () => {
    const { registry } = await servingUnityCatalog();
    expect(await all(MODEL, registry)).toEqual(['10', '9', '2']);
    const open = { model: MODEL, tags: new Map([['state', 'open']]), order: 'oldest' } as const;
    const found = await Array.fromAsync(registry.versions(open), ({ number }) => number);
    expect(found).toEqual(['2', '10']);
    const named = async (team: string): Promise<string[]> =>
      Array.fromAsync(registry.models({ tags: new Map([['team', team]]) }), ({ name }) => name);
    expect(await named('shop')).toEqual([MODEL]);
    expect(await named('else')).toEqual([]);
  });

  test('has no stages', async () => {
    const { registry } = await servingUnityCatalog();
    const lacking = { message: expect.stringMatching(/has no stages/) };
    await expect(registry.latestVersions(MODEL, [])).rejects.toMatchObject(lacking);
    await expect(registry.moveToStage(MODEL, '2', 'Staging', true)).rejects.toMatchObject(lacking);
  });
});

describe('a server that cannot be asked', () => {
  test('what failed is asked again, what came out is not', async () => {
    let isDown = true;
    const { registry, lines } = await serving(() =>
      isDown ? no(403, 'PERMISSION_DENIED') : { status: 405, body: PAGE },
    );
    await expect(registry.has('tags', 'm')).rejects.toMatchObject({
      failure: { reason: 'denied' },
    });
    isDown = false;
    expect(await registry.has('tags', 'm')).toBe(true);
    expect(await registry.has('tags', 'other')).toBe(true);
    expect(lines()).toEqual(Array(2).fill('GET /mlflow/model-versions/set-tag'));
  });

  const off = (place: string): string =>
    `Endpoint: /api/2.0/mlflow-artifacts/artifacts${place} disabled due to the mlflow server running with \`--no-serve-artifacts\`. To enable artifacts server functionality, run \`mlflow server\` with \`--serve-artifacts\``;

  test.each([
    ['2', off('/<path:artifact_path>')],
    [
      '3',
      { detail: 'Artifact serving is disabled. Run `mlflow server` with `--serve-artifacts`.' },
    ],
  ])('MLflow %s without its file proxy', async (_, ofFile) => {
    const { registry, lines } = await serving(({ query }) =>
      query.has('path')
        ? { status: 503, body: off(''), type: 'text/html' }
        : { status: 503, body: ofFile, ...(typeof ofFile === 'string' && { type: 'text/html' }) },
    );
    expect(await registry.has('artifacts', 'm')).toBe(false);
    expect(lines()).toHaveLength(1);
    const lacking = { failure: { reason: 'unsupported', effect: 'none' } };
    const uri = 'mlflow-artifacts:/1/x';
    await expect(registry.readArtifact(uri, 9)).rejects.toMatchObject(lacking);
    await expect(registry.writeArtifact(uri, new Uint8Array(1))).rejects.toMatchObject(lacking);
  });

  test('one that is too busy is not one that serves no files', async () => {
    const { registry } = await serving(() => ({ status: 503, body: 'Service Unavailable' }));
    const failure = { reason: 'unanswered' };
    await expect(registry.has('artifacts', 'm')).rejects.toMatchObject({ failure });
    const read = registry.readArtifact('mlflow-artifacts:/1/x', 9);
    await expect(read).rejects.toMatchObject({ failure });
  });
});
