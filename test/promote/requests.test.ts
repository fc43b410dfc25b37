import type { Registry } from '@passmuster/core/registry/registry.ts';
import { expect, onTestFinished, test } from 'vitest';
import { seenServer } from '../faults/seen-server.ts';
import { openRegistry, run as register } from '../register/running.fixture.ts';
import { standingIn } from '../validate/running.fixture.ts';
import { countingWaves } from '../validate/waves.ts';
import { folderWith } from '../verify/folder.ts';
import { MODEL, run } from './running.fixture.ts';

/** The most that a promotion may take when nobody else is about: of requests, and of those one after the other. */
const MOST = { requests: 28, waves: 14 };

/**
 * What each run asks of the registry. One more is to be noticed and explained. Where a model has no alias yet,
 * the server is asked once whether it has any, beside the judging. A logged model of MLflow 3 is one more, beside
 * its run.
 */
const REQUESTS = {
  'the first of a model': { reads: 20, writes: 6, waves: 14 },
  'the first of an environment': { reads: 19, writes: 6, waves: 14 },
  'stage and alias, against a champion': { reads: 20, writes: 6, waves: 14 },
  'logged models on both sides': { reads: 22, writes: 6, waves: 14 },
  'of a logged model': { reads: 21, writes: 6, waves: 14 },
  'an alias alone': { reads: 16, writes: 5, waves: 12 },
  unchanged: { reads: 8, writes: 0, waves: 2 },
  'refused by a gate': { reads: 11, writes: 0, waves: 3 },
  'dry run': { reads: 11, writes: 0, waves: 3 },
} as const;

const POLICY = `models: { ${MODEL}: { gates: [accuracy >= 0.8, accuracy >= champion] } }
environments:
  staging: { stage: Staging }
  production: { after: staging, stage: Production, alias: champion }
  lonely: {}
`;

/** No renewal comes due, however busy the machine. */
const LEASE = 600_000;

/** Versions with runs and manifests, on a server. */
async function fill(url: string): Promise<void> {
  const registry = await openRegistry(url);
  onTestFinished(() => registry.close());
  const experimentId = await registry.createExperiment('training');
  for (const [index, value] of [0.8, 0.9, 0.7, 0.95, 0.97].entries()) {
    const { id } = await registry.createRun({ experimentId });
    await registry.log(id, { metrics: [{ key: 'accuracy', value, step: 0, timestamp: 1 }] });
    const path = await folderWith({ 'model.safetensors': `weights ${index}` });
    const version = `v1.${index}.0`;
    await register(url, { path, version, source: `runs:/${id}/model` }, { lease: LEASE });
  }
}

/** As if these versions were made from logged models; the server says that it has none. */
const ofLogged = (registry: Registry, numbers: readonly string[]): Registry => ({
  ...registry,
  async *versions(...asked) {
    for await (const version of registry.versions(...asked)) {
      const isLogged = version.model === MODEL && numbers.includes(version.number);
      const source = `models:/m-${version.number.padStart(32, '0')}`;
      yield isLogged ? { ...version, source } : version;
    }
  },
});

/** Which versions are from logged models. */
const LOGGED: Partial<Record<keyof typeof REQUESTS, readonly string[]>> = {
  'of a logged model': ['4'],
  'logged models on both sides': ['4', '5'],
};

async function seenThrough() {
  const { server, proxy } = await seenServer();
  await fill(server.url);

  return async (what: keyof typeof REQUESTS, given: Record<string, string>): Promise<string> => {
    const before = proxy.seen.length;
    let counted: ReturnType<typeof countingWaves> | undefined;
    const open = async (): Promise<Registry> => {
      const registry = await openRegistry(proxy.url);
      counted = countingWaves(ofLogged(registry, LOGGED[what] ?? []));
      return counted.registry;
    };
    const { outputs } = await run(proxy.url, given, { openRegistry: open, lease: LEASE });
    const seen = proxy.seen.slice(before);
    const reads = seen.filter((one) => one.what.startsWith('GET ')).length;
    const listed = seen.map(({ what, url, body }) => `${what} ${url.split('?')[1] ?? body}`);
    const is = { reads, writes: seen.length - reads, waves: counted?.waves() ?? 0 };
    expect(is, `${what}:\n${listed.join('\n')}`).toEqual(REQUESTS[what]);
    return String(outputs.outcome);
  };
}

const TO = {
  staging: { environment: 'staging' },
  production: { environment: 'production' },
  lonely: { environment: 'lonely' },
};

test('the requests of `promote`', async () => {
  const expectOf = await seenThrough();
  await standingIn({ 'passmuster.yaml': POLICY });
  const [one, two] = [{ version: 'v1.0.0' }, { version: 'v1.1.0' }];
  const [three, four] = [{ version: 'v1.2.0' }, { version: 'v1.3.0' }];
  const five = { version: 'v1.4.0' };
  const champion = 'stage and alias, against a champion';
  expect([
    await expectOf('the first of a model', { ...one, ...TO.staging }),
    await expectOf('the first of an environment', { ...one, ...TO.production }),
    await expectOf(champion, { ...two, ...TO.staging }),
    await expectOf('dry run', { ...two, ...TO.production, 'dry-run': 'true' }),
    await expectOf(champion, { ...two, ...TO.production }),
    await expectOf('unchanged', { ...two, ...TO.production }),
    await expectOf('refused by a gate', { ...three, ...TO.staging }),
    await expectOf('of a logged model', { ...four, ...TO.staging }),
    await expectOf('logged models on both sides', { ...five, ...TO.staging }),
    await expectOf('an alias alone', { ...two, ...TO.lonely }),
  ]).toEqual([
    ...['promoted', 'promoted', 'promoted', 'planned', 'promoted', 'unchanged', 'refused'],
    ...['promoted', 'promoted', 'promoted'],
  ]);
});

test('none takes more than a promotion may', () => {
  for (const { reads, writes, waves } of Object.values(REQUESTS)) {
    expect(reads + writes).toBeLessThanOrEqual(MOST.requests);
    expect(waves).toBeLessThanOrEqual(MOST.waves);
  }
});
