import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoCluster } from './demo-cluster.ts';
import { home, passmuster, say } from './demo-shell.ts';

const PRODUCTION = '--model demo --environment production';

/** Has what was promoted served: it fails and is put back, it succeeds, and a canary comes and goes. */
export async function serve(
  cluster: DemoCluster,
  policy: string,
  trainAgain: (seed: number, accuracy: number) => Promise<void>,
): Promise<void> {
  await cluster.prepare();
  say('The policy names the ConfigMap. From now on production is also what serves:');
  const place = `configmap: ${cluster.namespace}/versions`;
  const whole = policy.replace('alias: champion }', `alias: champion, ${place} }`);
  await writeFile(join(home, 'passmuster.yaml'), whole);
  console.log(whole);
  say(
    'The next version passes its gates. `run` moves it in the registry and has it served at once.',
  );
  await trainAgain(11, 0.92);
  const run = `run ${PRODUCTION} --version v2.2.0 --wait-timeout 3m`;
  say('But its server does not start: registry, ConfigMap and Deployment go back together.');
  await passmuster(run, 1);
  say('What it was missing is put there, and the same command is given again.');
  await cluster.mend();
  await passmuster(run, 0);
  say('Of the one after that, nobody is sure. It gets a tenth of the traffic first, as a canary.');
  await trainAgain(13, 0.93);
  const deploy = `deploy ${PRODUCTION} --wait-timeout 3m`;
  await passmuster(`${deploy} --version v2.3.0 --canary 10`, 0);
  await passmuster('status --model demo', 0);
  say('It is no better where it counts: the canary ends.');
  await passmuster(`${deploy} --canary drop`, 0);
}
