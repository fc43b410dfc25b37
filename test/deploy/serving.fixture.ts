import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemClock } from '@passmuster/action-kit/run/clock.ts';
import { double } from '@passmuster/cluster/double/double.fixture.ts';
import type { Double, Item, Options, SeenRequest } from '@passmuster/cluster/double/double.ts';
import { configMap, deploymentReading } from '@passmuster/cluster/double/seeds.ts';
import { clusterOpener } from '@passmuster/cluster/open.ts';
import type { Clock } from '@passmuster/core/clock.ts';
import type { Cluster, OpenCluster } from '@passmuster/core/cluster/cluster.ts';
import { metricsListed } from '@passmuster/evidence/evaluations/dvc-yaml.ts';
import { readEvaluation } from '@passmuster/evidence/evaluations/index.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { markdown } from '@passmuster/report/markdown.ts';
import type { Ports } from '@passmuster/verbs/deploy/inputs.ts';
import { type DeployReport, reportSchema } from '@passmuster/verbs/deploy/report.ts';
import { deploy as deployVerb } from '@passmuster/verbs/deploy/run.ts';
import { spec as deploySpec } from '@passmuster/verbs/deploy/spec.ts';
import {
  type PromoteReport,
  reportSchema as promoteSchema,
} from '@passmuster/verbs/promote/report.ts';
import { run as runVerb } from '@passmuster/verbs/promotion/run.ts';
import { spec as runSpec } from '@passmuster/verbs/promotion/spec.ts';
import { reportSchema as verifySchema } from '@passmuster/verbs/verify/report.ts';
import { onTestFinished } from 'vitest';
import { MODEL, promoteTo, registered } from '../promote/running.fixture.ts';
import { around, LEASE, openRegistry } from '../register/running.fixture.ts';
import { runnerOf } from '../run-verb.ts';
import { standingIn } from '../validate/running.fixture.ts';

const deploying = runnerOf(deploySpec, deployVerb, reportSchema());
/** What `verify` says where the files of a run are others is told as `verify` tells it. */
const running = runnerOf(runSpec, runVerb, { anyOf: [promoteSchema(), verifySchema()] });

export type Given = Readonly<Record<string, string>>;
export type Data = Readonly<Record<string, string>>;

const GATES = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }`;

/** With more for production than is usual. */
export const policyWith = (more = '', configmap = 'ml/versions'): string => `${GATES}
environments:
  staging: { stage: Staging }
  production:
    after: staging
    stage: Production
    alias: champion
    configmap: ${configmap}
${more.replace(/^(?=.)/gm, '    ')}
`;

export const POLICY = policyWith();
export const BARE = `${GATES}\n`;

/** Nobody has time to wait for a rollout, and nobody takes us for dead. */
const SPEED = 30;

const machine = systemClock();

/** A clock on which it is later sooner. */
export const fastClock: Clock = {
  now: machine.now,
  elapsed: () => machine.elapsed() * SPEED,
  sleep: (milliseconds, signal) => machine.sleep(milliseconds / SPEED, signal),
};

/** For runs that are to be taken for dead: a third of it passes before they are answered for. */
export const SHORT_LEASE = 90_000;
export const LONG_LEASE = LEASE * SPEED;

export interface World {
  readonly address: string;
  readonly double: Double;
  readonly open: OpenCluster;
}

/** Of three versions production has the first, and staging had all; made once, and copied for each test. */
let template: Promise<string> | undefined;

async function made(): Promise<string> {
  const address = await registered([0.8, 0.9, 0.95], POLICY);
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
  await promoteTo(address, 'v1.1.0', 'staging');
  await promoteTo(address, 'v1.2.0', 'staging');
  const kept = await mkdtemp(join(tmpdir(), 'deploy-template-'));
  process.once('exit', () => void rm(kept, { recursive: true, force: true }));
  await cp(dirname(address.replace(/^embedded:/, '')), kept, { recursive: true });
  return kept;
}

export async function copiedRegistry(): Promise<string> {
  template ??= made();
  const from = await template;
  const folder = await mkdtemp(join(tmpdir(), 'deploy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(from, folder, { recursive: true });
  return `embedded:${folder}/registry.db`;
}

/** As a run finds it whose `kubeconfig` is this text. */
export const openerFor = (kubeconfig: string): OpenCluster =>
  clusterOpener({ ...around(), inputs: { kubeconfig }, variables: {}, home: '/nowhere' });

export const SERVES: Data = {
  current_version: 'v1.0.0',
  canary_version: 'v1.0.0',
  canary_traffic_percentage: '0',
};

export interface Making {
  readonly policy?: string;
  /** Nothing lays no ConfigMap down. */
  readonly data?: Data | undefined;
  readonly workloads?: readonly Parameters<Double['put']>[0][];
  readonly options?: Options;
}

const STABLE = deploymentReading('versions', 'current_version', {
  ...{ name: 'stable', namespace: 'ml', replicas: 2 },
});
const CANARY = deploymentReading('versions', 'canary_version', {
  ...{ name: 'canary', namespace: 'ml', replicas: 1 },
});

/** A registry and a cluster that serve the same. */
export async function world(making: Making = {}): Promise<World> {
  const { policy = POLICY, workloads = [STABLE, CANARY], options = {} } = making;
  const address = await copiedRegistry();
  await standingIn({ 'passmuster.yaml': policy });
  const server = await double({ namespaces: ['ml'], ...options });
  const data = 'data' in making ? making.data : SERVES;
  if (data) server.put(configMap('versions', data, { namespace: 'ml' }));
  for (const one of workloads) server.put(one);
  await Promise.all(workloads.map(({ kind, metadata }) => settled(server, kind, metadata.name)));
  server.reset();
  return { address, double: server, open: openerFor(server.kubeconfig()) };
}

interface Going {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly replicas?: number };
  readonly status?: Readonly<Record<string, number>>;
}

/** Waits until a workload has nothing left to do. */
export const settled = (server: Double, kind: string, name = '') =>
  server.until(() => {
    const { metadata, spec, status = {} } = server.get(kind, 'ml', name) as unknown as Going;
    const wanted = spec.replicas ?? status['desiredNumberScheduled'];
    const counts =
      kind === 'DaemonSet'
        ? ['updatedNumberScheduled', 'numberAvailable']
        : ['updatedReplicas', 'readyReplicas'];
    return (
      status['observedGeneration'] === metadata.generation &&
      wanted !== undefined &&
      counts.every((one) => (status[one] ?? 0) === wanted)
    );
  });

export const portsOf = ({ address, open }: World, ports: Partial<Ports> = {}): Ports => ({
  ...around(),
  clock: fastClock,
  files: diskFiles(),
  forge: undefined,
  openRegistry: () => openRegistry(address),
  openCluster: open,
  lease: LONG_LEASE,
  readEvaluation,
  metricsListed,
  ...ports,
});

type Outcome = Awaited<ReturnType<typeof deploying>> | Awaited<ReturnType<typeof running>>;

function told<Report>({ report, ...outcome }: Outcome) {
  const errors = outcome.annotations.filter(({ level }) => level === 'error');
  return {
    ...outcome,
    report: report as Report,
    said: errors.map(({ message }) => message).join('\n'),
    page: markdown(outcome.page, 1e6).replace(/[\\`]/g, ''),
    rendered: outcome.page,
  };
}

const DEFAULTS = { model: MODEL, environment: 'production', config: 'passmuster.yaml' };

/** `deploy` with real ports, as a step or a terminal would run it. */
export async function deploy(at: World, given: Given = {}, ports: Partial<Ports> = {}) {
  const all: Given = { ...DEFAULTS, registry: at.address, ...given };
  const named = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  return told<DeployReport>(await deploying(named, portsOf(at, ports)));
}

/** `run`, likewise. */
export async function run(at: World, given: Given = {}, ports: Partial<Ports> = {}) {
  const all = { ...DEFAULTS, registry: at.address, version: 'v1.1.0', ...given };
  return told<PromoteReport>(await running(all, portsOf(at, ports)));
}

/** Moves the registry alone. */
export const promoted = ({ address }: World, version = 'v1.1.0'): Promise<void> =>
  promoteTo(address, version, 'production');

interface Stood extends Item {
  readonly data?: Data;
}

const configMapIn = ({ double: server }: World): Stood | undefined =>
  server.get('ConfigMap', 'ml', 'versions') as Stood | undefined;

/** What the ConfigMap says. */
export const dataIn = (at: World): Data | undefined => configMapIn(at)?.data;
export const notesIn = (at: World): Data => configMapIn(at)?.metadata.annotations ?? {};
export const versionOf = (at: World): string => configMapIn(at)?.metadata.resourceVersion ?? '';

interface Templated extends Item {
  readonly spec: {
    readonly template: { readonly metadata?: { readonly annotations?: Data } };
  };
}

/** What a workload is stamped with. */
export const stampOn = ({ double: server }: World, name: string, kind = 'Deployment'): Data =>
  (server.get(kind, 'ml', name) as Templated | undefined)?.spec.template.metadata?.annotations ??
  {};

/** What each pod that is ready runs with, by the workload; each value once. */
export const runsIn = ({ double: server }: World, name: string, variable: string): string[] => [
  ...new Set(server.serving('ml', { app: name }).map(({ env }) => env[variable] ?? '')),
];

/** Who was stamped, and who else was written to. */
export const written = ({ double: server }: World): string[] =>
  server.requests
    .filter(({ method, query }) => !/^(GET|HEAD)$/.test(method) && query['dryRun'] === undefined)
    .map(({ method, path }) => `${method} ${path.replace(/^.*\/namespaces\/ml\//, '')}`);

export const asked = ({ method, path, query }: SeenRequest): string =>
  `${query['watch'] === undefined ? method : 'WATCH'} ${path.replace(/^.*\/namespaces\/ml\//, '')}${query['dryRun'] === undefined ? '' : ' (dry run)'}`;

/** A cluster with somebody who sees every call to it before it is made and once it is answered. */
export const seeing =
  (
    open: OpenCluster,
    {
      before,
      after,
    }: Readonly<Partial<Record<'before' | 'after', (name: string) => Promise<void> | void>>>,
  ): OpenCluster =>
  async () => {
    const cluster = await open();
    const entries = Object.entries(cluster).map(([name, method]) => {
      if (typeof method !== 'function' || ['close', 'follow'].includes(name)) return [name, method];
      const call = async (...args: never[]) => {
        await before?.(name);
        const answer = await (method as (...args: never[]) => Promise<unknown>)(...args);
        await after?.(name);
        return answer;
      };
      return [name, call];
    });
    return Object.fromEntries(entries) as unknown as Cluster;
  };
