import { once } from 'node:events';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../packages/action-kit/run/clock.ts';
import { thisHost } from '../packages/action-kit/run/host.ts';
import type { Registry } from '../packages/core/registry/registry.ts';
import { registryOpener } from '../packages/registry/open.ts';
import { demoCluster } from './demo-cluster.ts';
import { serve } from './demo-serving.ts';
import { env, home, passmuster, say, startRegistry } from './demo-shell.ts';

/** What a training script does with MLflow's own client. */
async function train(registry: Registry, accuracy: number): Promise<string> {
  const experiment = await registry.experimentNamed('demo');
  const experimentId = experiment?.id ?? (await registry.createExperiment('demo'));
  const run = await registry.createRun({ experimentId, started: Date.now() });
  const metric = (key: string, value: number) => ({ key, value, timestamp: Date.now(), step: 0 });
  const tags = new Map([['mlflow.data.context', 'evaluation']]);
  const held = { name: 'reviews-held-out', digest: 'a1b2c3d4', sourceType: 'local', source: 'x' };
  await registry.logDatasets(run.id, [{ ...held, tags }]);
  await registry.log(run.id, {
    params: new Map([['layers', '2']]),
    metrics: [metric('accuracy', accuracy), metric('latency_p95_ms', 41)],
  });
  await registry.updateRun(run.id, { status: 'FINISHED', ended: Date.now() });
  return run.id;
}

async function writeModel(seed: number, architecture = 'Tiny'): Promise<void> {
  await mkdir(join(home, 'model/weights'), { recursive: true });
  await writeFile(join(home, 'model/config.json'), `{"architectures": ["${architecture}"]}\n`);
  for (const part of [1, 2]) {
    const weights = Buffer.alloc(4_000_000, seed + part);
    await writeFile(join(home, `model/weights/model-0000${part}-of-00002.safetensors`), weights);
  }
}

async function spoilOneByte(): Promise<void> {
  const file = await open(join(home, 'model/weights/model-00002-of-00002.safetensors'), 'r+');
  await file.write(Buffer.from([255]), 0, 1, 2_000_000);
  await file.close();
}

const data = (version: string, digit: string) =>
  `--datasets reviews,${version},sha256:${digit.repeat(64)}`;

async function registerThree(registry: Registry, address: string): Promise<void> {
  env['MLFLOW_TRACKING_URI'] = address;
  say(
    'A model was trained, and its run logged. It becomes the first version, by what it is made of.',
  );
  const register = async (accuracy: number, rest: string) => {
    const id = await train(registry, accuracy);
    const source = `--source mlflow-artifacts:/1/${id}/artifacts/model`;
    await passmuster(`register --model demo --path model ${source} --bump auto ${rest}`, 0);
  };
  await writeModel(1);
  await register(0.81, data('v1', 'a'));
  say('Trained again on more data: a minor step, and it says why.');
  await writeModel(3);
  await register(0.84, data('v2', 'b'));
  say('Another architecture: a major step.');
  await writeModel(5, 'Small');
  await register(0.88, data('v2', 'b'));
}

async function misuse(): Promise<void> {
  say('Somebody registers other files under a name that is taken.');
  await writeModel(7, 'Small');
  await passmuster(
    'register --model demo --path model --source s3://models/demo --version v2.0.0',
    1,
  );
  say('Where it is to be served: are these the files that were registered as v2.0.0?');
  await writeModel(5, 'Small');
  await passmuster('verify --path model --model demo --version v2.0.0', 0);
  await spoilOneByte();
  say('One byte of one file is spoilt, its size unchanged.');
  await passmuster('verify --path model --manifest model/passmuster.manifest.json', 1);
}

/** Other weights, and nothing else: a minor step. */
async function trainAgain(registry: Registry, seed: number, accuracy: number): Promise<void> {
  await writeModel(seed, 'Small');
  const id = await train(registry, accuracy);
  const source = `--source mlflow-artifacts:/1/${id}/artifacts/model`;
  await passmuster(
    `register --model demo --path model ${source} --bump auto ${data('v2', 'b')}`,
    0,
  );
}

const POLICY = `models:
  demo:
    gates:
      - accuracy >= 0.80
      - accuracy >= champion - 0.01
      - warn: latency_p95_ms <= 40
environments:
  production: { stage: Production, alias: champion }
`;

async function judge(registry: Registry): Promise<void> {
  say('What a team decides once stands in passmuster.yaml. v2.0.0 becomes the first champion:');
  await writeFile(join(home, 'passmuster.yaml'), POLICY);
  console.log(POLICY);
  await passmuster('promote --model demo --version v2.0.0 --environment production', 0);
  say('v1.1.0 wants in: good enough by itself, but worse than what is live.');
  await passmuster('validate --model demo --version v1.1.0 --environment production', 1);
  await passmuster('promote --model demo --version v1.1.0 --environment production', 1);
  say('Trained once more, it is better than the champion, and may come.');
  await trainAgain(registry, 9, 0.91);
  await passmuster('promote --model demo --version v2.1.0 --environment production', 0);
}

async function goBack(): Promise<void> {
  say(
    'It turns out to be slow under load: one command takes it back, and a second changes nothing.',
  );
  const rollback = 'rollback --model demo --environment production --from v2.1.0 --reason too-slow';
  await passmuster(rollback, 0);
  await passmuster(rollback, 0);
  say('What is live, and how it came to be:');
  await passmuster('status --model demo --history', 0);
}

async function show(registry: Registry): Promise<void> {
  say('What stands in the registry, for people and for MLflow’s own client:');
  for await (const { number, tags, runId } of registry.versions({
    model: 'demo',
    order: 'oldest',
  })) {
    const run = await registry.run(runId);
    const metrics = run?.metrics.map(({ key, value }) => `${key} ${value}`).join(', ');
    console.log(`  ${tags.get('passmuster.version')}  number ${number}  ${metrics}`);
  }
}

const cluster = await demoCluster(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exit(2);
});
const { server, address } = await startRegistry();
try {
  const clock = systemClock();
  const voice = { note: say, warn: say, hide: () => {} };
  const opening = { address, variables: {}, home: homedir(), clock, voice, host: thisHost({}) };
  const registry = await registryOpener(opening)(undefined);
  await registerThree(registry, address);
  await misuse();
  await judge(registry);
  await goBack();
  await serve(cluster, POLICY, (seed, accuracy) => trainAgain(registry, seed, accuracy));
  await show(registry);
  await registry.close();
  say('That was all of it. README.md says how to use it in a job.');
} finally {
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await Promise.all([cluster.end(), ended]);
  await rm(home, { recursive: true, force: true });
}
