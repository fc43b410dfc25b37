import type { Registry } from '@passmuster/core/registry/registry.ts';
import { expect, onTestFinished, test } from 'vitest';
import { seenServer } from '../faults/seen-server.ts';
import { openRegistry, run as register } from '../register/running.fixture.ts';
import { run, standingIn } from './running.fixture.ts';
import { countingWaves } from './waves.ts';

/**
 * What each run asks of the registry, and how much of that one after the other. One more is to be noticed
 * and explained. The model, its versions and its ledger are asked for together; then the runs of both sides.
 * A logged model of MLflow 3 is one request more in the second wave: test/contract/validate counts those.
 */
const REQUESTS = {
  'by name, against the alias': { reads: 5, waves: 2 },
  'by number, against the stage': { reads: 5, waves: 2 },
  'by alias, against a selector': { reads: 5, waves: 2 },
  'by run, against the newest': { reads: 4, waves: 2 },
  'without a champion': { reads: 4, waves: 2 },
  'the champion itself': { reads: 4, waves: 2 },
  'an environment without a version': { reads: 4, waves: 2 },
  'a version without a run': { reads: 3, waves: 1 },
  'files against the champion': { reads: 4, waves: 2 },
  'a champion in files': { reads: 4, waves: 2 },
  'a champion in files, for an environment': { reads: 4, waves: 2 },
  'files alone': { reads: 0, waves: 0 },
  'a name that is none': { reads: 4, waves: 2 },
  'a name that can be none': { reads: 0, waves: 0 },
  'a model that is not there': { reads: 4, waves: 2 },
  'a champion of a model that is not there': { reads: 4, waves: 2 },
  'gates that are wrong': { reads: 0, waves: 0 },
} as const;

const MODEL = 'gpt-custom';

const POLICY = `
environments:
  production: { alias: champion }
  staging: { stage: Staging }
`;

/** Two versions from runs and one without, on a server. */
async function fill(url: string): Promise<string[]> {
  const registry = await openRegistry(url);
  onTestFinished(() => registry.close());
  const experimentId = await registry.createExperiment('runs');
  const runs: string[] = [];
  for (const [index, version] of ['v1.0.0', 'v1.1.0'].entries()) {
    const { id } = await registry.createRun({ experimentId });
    await registry.log(id, {
      metrics: [{ key: 'accuracy', value: 0.8 + index / 10, step: 0, timestamp: 1 }],
    });
    runs.push(id);
    await register(url, { model: MODEL, version, source: `s3://m/${index}`, 'run-id': id });
  }
  await registry.createVersion({ model: MODEL, source: 's3://m/without' });
  await registry.setAlias(MODEL, 'champion', '1');
  await registry.setAlias(MODEL, 'candidate', '2');
  await registry.moveToStage(MODEL, '1', 'Staging', false);
  return runs;
}

/** A registry behind a proxy that sees every request to it. */
async function seenThrough() {
  const { server, proxy } = await seenServer();
  const runs = await fill(server.url);

  async function expectOf(what: keyof typeof REQUESTS, given: Record<string, string>) {
    const before = proxy.seen.length;
    let counted: ReturnType<typeof countingWaves> | undefined;
    const open = async (): Promise<Registry> => {
      counted = countingWaves(await openRegistry(proxy.url));
      return counted.registry;
    };
    const ended = await run(proxy.url, given, { openRegistry: open }).then(
      ({ outputs }) => outputs.verdict,
      (error: Error) => error.message,
    );
    const seen = proxy.seen.slice(before);
    const listed = seen.map(({ url, what }) => `${what} ${url.split('?')[1] ?? ''}`).join('\n');
    const waves = counted?.waves() ?? 0;
    expect({ reads: seen.length, waves }, `${what}:\n${listed}`).toEqual(REQUESTS[what]);
    const writes = seen.filter((one) => !one.what.startsWith('GET '));
    expect(writes, `${what} writes`).toEqual([]);
    return ended;
  }
  return { expectOf, runs };
}

const GATES = { model: MODEL, gates: 'accuracy >= champion' };

test('the requests of `validate`', async () => {
  const { expectOf, runs } = await seenThrough();
  const files = { 'eval.json': '{"accuracy": 0.85}', 'passmuster.yaml': POLICY };
  await standingIn(files);
  const toProduction = { ...GATES, environment: 'production' };
  const ofFiles = { evaluations: 'eval.json' };
  const ofChampion = { 'champion-evaluations': 'eval.json' };
  const ends = [
    await expectOf('by name, against the alias', { ...toProduction, version: 'v1.1.0' }),
    await expectOf('by number, against the stage', {
      ...GATES,
      environment: 'staging',
      version: '2',
    }),
    await expectOf('by alias, against a selector', {
      ...GATES,
      champion: 'v1.0.0',
      version: '@candidate',
    }),
    await expectOf('a champion in files', { ...GATES, ...ofChampion, version: '2' }),
    await expectOf('a champion in files, for an environment', {
      ...toProduction,
      ...ofChampion,
      version: '2',
    }),
    await expectOf('without a champion', { ...GATES, version: '2', gates: 'accuracy > 0.5' }),
    await expectOf('files against the champion', { ...toProduction, ...ofFiles }),
    await expectOf('files alone', { gates: GATES.gates, ...ofFiles, ...ofChampion }),
  ];
  expect(ends).toEqual(ends.map(() => 'pass'));
  const inconclusive = [
    await expectOf('by run, against the newest', {
      ...GATES,
      champion: 'latest',
      version: `run:${runs[1]}`,
    }),
    await expectOf('the champion itself', { ...toProduction, version: '1' }),
    await expectOf('a version without a run', {
      ...GATES,
      gates: 'accuracy > 0',
      version: 'latest',
    }),
  ];
  expect(inconclusive).toEqual(inconclusive.map(() => 'inconclusive'));
  expect(
    await expectOf('a name that is none', { ...GATES, champion: '1', version: 'v9.0.0' }),
  ).toContain('v9.0.0');
  const never = { ...GATES, champion: 'v8', version: 'v9' };
  expect(await expectOf('a name that can be none', never)).toMatch(/`version`.*\n`champion`/s);
  const nobody = { ...toProduction, model: 'nobody', version: '1' };
  expect(await expectOf('a model that is not there', nobody)).toContain('no model `nobody`');
  const champions = { ...toProduction, ...ofFiles, model: 'gpt-costum' };
  expect(await expectOf('a champion of a model that is not there', champions)).toContain(
    'no model `gpt-costum`',
  );
  const wrong = { ...toProduction, version: '2', gates: 'accuracy = 1' };
  expect(await expectOf('gates that are wrong', wrong)).toContain('Found `=`');
});
