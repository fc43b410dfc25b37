import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { startEmbedded } from '@passmuster/registry/embedded/server.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MLFLOW_VERSIONS, startMlflow } from '../services/mlflow.ts';
import { run } from '../validate/running.fixture.ts';
import { runUser } from './run-user.ts';

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

async function startOurs(): Promise<Server> {
  const folder = await mkdtemp(`${tmpdir()}/passmuster-measured-`);
  const file = `${folder}/registry.db`;
  const { url, close } = await startEmbedded({ file, host: '127.0.0.1', port: 0 });
  const stop = async () => {
    await close();
    await rm(folder, { recursive: true });
  };
  return { url, stop };
}

/** Clients of MLflow 3 log models where the server has such; the embedded one has none yet. */
const SERVERS = MLFLOW_VERSIONS.flatMap((version) => [
  {
    version,
    server: `MLflow ${version}`,
    models: version === '3.17.2',
    start: () => startMlflow(version),
  },
  { version, server: 'the embedded registry', models: false, start: startOurs },
]);

describe.each(SERVERS)("what Python's MLflow client $version wrote to $server", (on) => {
  let server: Server;
  beforeAll(async () => {
    server = await on.start();
    const steps = await runUser(on.version, server.url, { script: 'measured.py' });
    expect(steps.filter((step) => !('result' in step))).toEqual([]);
    expect(steps).toHaveLength(on.models ? 4 : 3);
  });
  afterAll(() => server?.stop());

  const judged = async (version: string, gates: string, given: Record<string, string> = {}) => {
    const asked = { model: 'measured', version, gates, environment: 'champion', ...given };
    const { outputs, report } = await run(server.url, asked);
    const why = report.gates.flatMap(({ reasons }) => reasons).join(' ');
    return { ...outputs, report, why: why.replaceAll('`', '') };
  };

  test.each([
    ['accuracy >= 0.9', 'pass', ''],
    ['accuracy >= champion + 0.05', 'pass', ''],
    ['accuracy >= 0.91', 'fail', '0.01'],
    ['metrics["toxicity/v1/mean"] <= 0.05', 'pass', ''],
    ['m1199 == 1199', 'pass', ''],
    ['odd >= 0', 'inconclusive', 'odd of the candidate is NaN'],
    ['odd != 0', 'inconclusive', 'odd of the candidate is NaN'],
    ['up >= 0', 'inconclusive', 'up of the candidate is infinite'],
    ['down <= 0', 'inconclusive', 'down of the candidate is infinite'],
    ['m0 <= champion["up"]', 'inconclusive', 'up of the champion is infinite'],
    ['m0 <= champion', 'inconclusive', 'The champion has no metric m0'],
    ['m1200 >= 0', 'inconclusive', 'has no metric m1200'],
  ])('%s: %s', async (gate, verdict, says) => {
    const found = await judged('2', gate, { evidence: 'bound' });
    expect(found, found.why).toMatchObject({ verdict, version: '2' });
    expect(found.why).toContain(says);
  });

  test('all metrics are there, the last step of each, and all are bound', async () => {
    const { report } = await judged('2', 'accuracy >= 0');
    const metrics = report.evidence.filter(({ metric }) => metric !== 'mmlu');
    expect(metrics).toHaveLength(1_205);
    expect(metrics.filter(({ bound }) => !bound)).toEqual([]);
    const accuracy = metrics.filter(({ metric }) => metric === 'accuracy');
    expect(accuracy).toMatchObject([{ value: 0.9, dataset: 'held-out', origin: { step: 3 } }]);
  });

  test('the digest of the data tells whether it is the same', async () => {
    const strict = { comparable: 'required' };
    const same = await judged('2', 'accuracy >= champion', strict);
    expect(same.verdict, same.why).toBe('pass');
    const other = await judged('3', 'accuracy >= champion', strict);
    expect(other.verdict).toBe('inconclusive');
    expect(other.why).toContain('the digest of the data differs');
  });

  test('what an evaluation logged for the model counts where the server has logged models', async () => {
    const { verdict, report } = await judged('2', 'mmlu >= 0.6', { evidence: 'bound' });
    expect(verdict).toBe(on.models ? 'pass' : 'inconclusive');
    const found = report.evidence.filter(({ metric }) => metric === 'mmlu');
    const expected = { origin: { kind: 'logged-model' }, dataset: 'held-out', bound: true };
    expect(found).toMatchObject(on.models ? [expected] : []);
  });
});
