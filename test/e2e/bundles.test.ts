import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { folderWith } from '../verify/folder.ts';
import { trainInto } from './registered-models.ts';
import { CLUSTER_TOKEN, startCluster } from './served.ts';
import { startRegistry } from './surrounding-services.ts';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const ENTRIES = readdirSync(dist).filter((name) => name.endsWith('.js'));

/** What is loaded before anything is asked for. */
function alwaysLoaded(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import)"(\.[^"]+)"/g);
  for (const [, path = ''] of imports) alwaysLoaded(join(dirname(file), path), seen);
  return seen;
}

test('there is an entry for each action, one for the root action and one for the command line', () => {
  const actions = fileURLToPath(new URL('../../actions', import.meta.url));
  const verbs = readdirSync(actions, { withFileTypes: true }).filter((each) => each.isDirectory());
  const names = [...verbs.map(({ name }) => name), 'run', 'passmuster'].map((name) => `${name}.js`);
  expect(ENTRIES.sort()).toEqual(names.sort());
});

/** Words that only one thing says: of undici, of the client of Kubernetes, of our Cluster, and of waiting for a rollout. */
const UNDICI = 'UND_ERR_MAX_ORIGINS';
const CLIENT_NODE = 'loadFromClusterAndUser';
const CLUSTER = 'application/merge-patch+json';
const ROLLOUT = 'whether their pods hold out';

const BY_LEDGER = [
  ...['deploy.js', 'promote.js', 'register.js', 'rollback.js'],
  ...['run.js', 'settle.js', 'status.js'],
];

/** Such words, and who needs what says them in every run. */
const MAYBE: Readonly<Record<string, readonly string[]>> = {
  'tag:yaml.org': [],
  'octokit-core': [],
  [UNDICI]: [],
  [CLIENT_NODE]: [],
  [CLUSTER]: [],
  [ROLLOUT]: [],
  'cannot hold a ledger': BY_LEDGER,
  'no such overload': [],
  'no JUnit report': [],
};

/**
 * What goes by a ledger always needs it, with what records say of a cluster, and `register` what it reads and
 * puts down about a version. What judges always judges, and what it came to has many tables; `status` has those
 * of a cluster beside. What serves loads what it takes once its inputs are sound. What is left is what all share.
 */
const MOST: Readonly<Record<string, number>> = {
  'deploy.js': 195_000,
  'promote.js': 260_000,
  'register.js': 220_000,
  'rollback.js': 205_000,
  'run.js': 195_000,
  'settle.js': 195_000,
  'status.js': 235_000,
  'validate.js': 135_000,
};

test.each(ENTRIES)('%s always loads little, and nothing that it may not need', (entry) => {
  const files = [...alwaysLoaded(join(dist, entry))];
  const text = files.map((file) => readFileSync(file, 'utf8')).join('');
  const found = Object.keys(MAYBE).filter((words) => text.includes(words));
  const needed = Object.entries(MAYBE).filter(([, by]) => by.includes(entry));
  expect(found).toEqual(needed.map(([words]) => words));
  const slow = /["'`](node:)?(https?|net|tls|child_process|fs\/promises|worker_threads)["'`]\)/;
  expect(slow.exec(text)?.[0]).toBeUndefined();
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  expect(bytes, files.map((file) => `${file}: ${statSync(file).size}`).join('\n')).toBeLessThan(
    MOST[entry] ?? 95_000,
  );
});

/** All files that say such words. */
function saying(words: string): string[] {
  const chunks = readdirSync(join(dist, 'chunks')).map((name) => join(dist, 'chunks', name));
  const files = [...ENTRIES.map((name) => join(dist, name)), ...chunks];
  return files.filter((file) => readFileSync(file, 'utf8').includes(words));
}

test.each(Object.keys(MAYBE))('“%s” is what somebody may load, and there is one of it', (words) => {
  expect(saying(words)).toHaveLength(1);
});

test('all bundles together stay small', () => {
  const all = readdirSync(dist, { recursive: true, withFileTypes: true });
  const bytes = all
    .filter((each) => each.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  expect(bytes).toBeLessThan(1_400_000);
});

test.each([
  [['--help'], 0, /Usage: passmuster/],
  [['--version'], 0, /^passmuster \d+\.\d+\.\d+, Node 24/],
  [['verify', '--path', '/no/such/folder'], 2, /does not exist/],
  [['check', '--config', 'package.json'], 2, /./],
])('the bundled command line: %j', (args, exit, says) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [
    join(dist, 'passmuster.js'),
    ...args,
  ]);
  expect(`${stdout}${stderr}`).toMatch(says);
  expect(status).toBe(exit);
});

const POLICY = `models:
  gpt-custom: { gates: [accuracy >= 0.8] }
environments:
  production: { stage: Production, alias: champion, configmap: ml/versions }
  staging: { stage: Staging }
`;

const TOKEN = 'registry-token';

const HOOK = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({
    load(url, context, next) {
      if (url.startsWith('file:')) process.stderr.write('loaded ' + url + '\\n');
      return next(url, context);
    },
  });
`)}`;

/** A registry with two versions, a cluster that serves it, and commands of which is told what they loaded. */
async function running() {
  const registry = await startRegistry(TOKEN);
  await trainInto(registry, TOKEN, [{ accuracy: 0.9 }, { accuracy: 0.9 }]);
  const double = await startCluster();
  const folder = await folderWith({
    'passmuster.yaml': POLICY,
    kubeconfig: double.kubeconfig(),
  });
  const loadedBy = async (args: string, variables: Readonly<Record<string, string>> = {}) => {
    const command = [join(dist, 'passmuster.js'), ...args.split(' '), '--model', 'gpt-custom'];
    const child = spawn(process.execPath, ['--import', HOOK, ...command], {
      cwd: folder,
      env: {
        ...{ PATH: process.env['PATH'], HOME: folder, ...variables },
        ...{ MLFLOW_TRACKING_URI: registry, MLFLOW_TRACKING_TOKEN: TOKEN },
      },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
    const [code] = await once(child, 'close');
    expect(code, said).toBe(0);
    const loaded = Array.from(said.matchAll(/^loaded (.*)$/gm), ([, url = '']) =>
      readFileSync(fileURLToPath(url), 'utf8'),
    );
    return Object.fromEntries(
      Object.entries({ UNDICI, CLIENT_NODE, CLUSTER, ROLLOUT }).map(([name, words]) => [
        name,
        loaded.filter((text) => text.includes(words)).length,
      ]),
    );
  };
  const variables = { KUBECONFIG: `${folder}/kubeconfig` };
  return { double, variables, loadedBy };
}

const REGISTRY_ALONE = { UNDICI: 1, CLIENT_NODE: 0, CLUSTER: 0, ROLLOUT: 0 };

test('what needs no cluster loads nothing of one, even where one is at hand', async () => {
  const { double, variables, loadedBy } = await running();
  for (const command of [
    'validate --version 1',
    'promote --version 1 --environment production',
    'promote --version 1 --environment staging',
    'promote --version 2 --environment staging',
    'status --environment staging',
    'rollback --environment staging --from 2 --reason slow',
    'settle --environment production --reason tried',
    'register --source s3://models/3 --version v1.0.0',
  ])
    expect(await loadedBy(command, variables), command).toEqual(REGISTRY_ALONE);
  expect(double.requests).toEqual([]);
});

test('what serves loads one undici for registry and cluster, and reads a kubeconfig only where there is one', async () => {
  const { double, variables, loadedBy } = await running();
  await loadedBy('promote --version 1 --environment production');
  await loadedBy('promote --version 2 --environment production');
  const server = `--server ${double.url} --token ${CLUSTER_TOKEN}`;
  const [named, read] = [
    { UNDICI: 1, CLIENT_NODE: 0, CLUSTER: 1, ROLLOUT: 1 },
    { UNDICI: 1, CLIENT_NODE: 1, CLUSTER: 1, ROLLOUT: 1 },
  ];
  expect(await loadedBy(`deploy --environment production ${server}`)).toEqual(named);
  expect(await loadedBy('deploy --environment production', variables)).toEqual(read);
  const status = await loadedBy('status --environment production', variables);
  expect(status).toEqual({ ...read, ROLLOUT: 0 });
  expect(
    await loadedBy('rollback --environment production --from 2 --reason slow', variables),
  ).toEqual(read);
});
