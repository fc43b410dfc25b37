import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { startDouble } from '../packages/cluster/double/double.ts';
import type { Seed } from '../packages/cluster/double/objects.ts';
import { env, home, kubectl, say } from './demo-shell.ts';

/** Where the demo has models served. */
export interface DemoCluster {
  readonly namespace: string;
  /** Lays down what serves. */
  prepare(): Promise<void>;
  /** Gives the server what it was missing. */
  mend(): Promise<void>;
  /** Leaves nothing behind. */
  end(): Promise<void>;
}

const IMAGE = 'busybox:1.37';

/** Pretends to serve; with v2.2.0 it needs a tokenizer, and does not start without one. */
const SERVER = `echo "loading $MODEL_VERSION"
if [ "$MODEL_VERSION" = v2.2.0 ] && [ -z "$TOKENIZER" ]; then
  echo "no tokenizer is configured for v2.2.0"
  exit 1
fi
trap 'exit 0' TERM
sleep 100000 & wait`;

/** What its pods do; in memory nothing runs, so this says what the script above does. */
const does = (env: Readonly<Record<string, string>>): string | undefined =>
  env['MODEL_VERSION'] === 'v2.2.0' && !env['TOKENIZER'] ? 'main/CrashLoopBackOff/1' : undefined;

const SAYS = 'loading v2.2.0\nno tokenizer is configured for v2.2.0\n';

const configMap = (name: string, data: Readonly<Record<string, string>>): Seed => ({
  ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data },
});

function deployment(name: string, key: string, replicas: number): Seed {
  const from = (map: string, of: string, optional = false) => ({
    configMapKeyRef: { name: map, key: of, ...(optional && { optional }) },
  });
  const labels = { app: name };
  const variables = [
    { name: 'MODEL_VERSION', valueFrom: from('versions', key) },
    { name: 'TOKENIZER', valueFrom: from('server', 'tokenizer', true) },
  ];
  const main = { name: 'main', image: IMAGE, command: ['sh', '-c', SERVER], env: variables };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [main] } },
    },
  };
}

const OBJECTS: readonly Seed[] = [
  configMap('server', {}),
  configMap('versions', {
    current_version: 'v2.0.0',
    canary_version: 'v2.0.0',
    canary_traffic_percentage: '0',
  }),
  deployment('api', 'current_version', 3),
  deployment('canary', 'canary_version', 1),
];

const TOKENIZER = { data: { tokenizer: 'sentencepiece' } };

/** An API server in this process, which moves Deployments and runs nothing. */
async function inMemory(): Promise<DemoCluster> {
  const namespace = 'ml';
  const double = await startDouble({ namespaces: [namespace], pace: 20 });
  return {
    namespace,
    async prepare() {
      say(
        'A cluster in memory stands in for yours: a ConfigMap, and two Deployments that read it. (`npm start -- --cluster` takes the one that KUBECONFIG names.)',
      );
      double.decide((_, variables) => does(variables));
      double.logs((pod) => (pod.metadata.name.startsWith('api-') ? SAYS : undefined));
      for (const each of OBJECTS) double.put(each);
      await double.until(() => double.serving(namespace).length === 4);
      await writeFile(join(home, 'kubeconfig'), double.kubeconfig());
      env['KUBECONFIG'] = 'kubeconfig';
      console.log('\n$ export KUBECONFIG=kubeconfig');
    },
    async mend() {
      double.change('ConfigMap', namespace, 'server', TOKENIZER);
      console.log('(In memory: the ConfigMap server says now which tokenizer to take.)');
    },
    end: () => double.stop(),
  };
}

/** The cluster of whoever runs the demo. */
function ofUser(kubeconfig: string): DemoCluster {
  const context = execFileSync('kubectl', ['config', 'current-context'], {
    encoding: 'utf8',
  }).trim();
  const namespace = `passmuster-demo-${randomBytes(3).toString('hex')}`;
  say(
    `This uses the cluster of the context ${context} in KUBECONFIG. It makes the namespace ${namespace}, in that two ConfigMaps and two Deployments with four pods of the image ${IMAGE}, and in the end deletes the namespace with all that is in it. Nothing else is touched. Whoever breaks it off deletes that namespace by hand.`,
  );
  let isMade = false;
  return {
    namespace,
    async prepare() {
      env['KUBECONFIG'] = kubeconfig;
      const items = OBJECTS.map((each) => ({
        ...each,
        metadata: { ...each.metadata, namespace },
      }));
      const list = { apiVersion: 'v1', kind: 'List', items };
      await writeFile(join(home, 'serving.json'), JSON.stringify(list, undefined, 2));
      say('A ConfigMap says what serves, and two Deployments read it:');
      await kubectl(`create namespace ${namespace}`);
      isMade = true;
      await kubectl('apply --filename serving.json');
      for (const name of ['api', 'canary'])
        await kubectl(`rollout status deployment/${name} --namespace ${namespace} --timeout 3m`);
    },
    async mend() {
      await writeFile(join(home, 'tokenizer.json'), JSON.stringify(TOKENIZER));
      await kubectl(`patch configmap server --namespace ${namespace} --patch-file tokenizer.json`);
    },
    end: async () => {
      if (isMade) await kubectl(`delete namespace ${namespace} --wait=false`);
    },
  };
}

/** By the arguments and the variables of the demo. */
export async function demoCluster(args: readonly string[]): Promise<DemoCluster> {
  const [first, ...more] = args;
  if (first === undefined) return inMemory();
  if (first !== '--cluster' || more.length > 0) {
    throw new Error(`The demo knows --cluster alone, not ${args.join(' ')}.`);
  }
  const kubeconfig = process.env['KUBECONFIG'];
  if (!kubeconfig) {
    throw new Error(
      '--cluster takes the cluster that KUBECONFIG names, and KUBECONFIG is not set.',
    );
  }
  // The commands run in another folder.
  return ofUser(
    kubeconfig
      .split(delimiter)
      .map((path) => resolve(path))
      .join(delimiter),
  );
}
