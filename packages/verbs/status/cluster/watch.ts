import type { Cluster, OpenCluster } from '@passmuster/core/cluster/cluster.ts';
import { InputError } from '@passmuster/core/errors.ts';
import type { ConfigMapPolicy, Policy } from '@passmuster/core/policy/policy.ts';
import { together } from '@passmuster/core/together.ts';
import type { Inputs } from '../ports.ts';
import { lookAtCluster, type SeenCluster } from './look.ts';

/** What was seen, by environment. */
export type SeenClusters = ReadonlyMap<string, SeenCluster>;

/** The cluster of all environments that are shown. */
export interface Watch {
  /** What was seen last is old: perhaps older than whatever it is held against. */
  look(isNew: boolean, signal: AbortSignal): Promise<{ seen: SeenClusters; isOld: boolean }>;
  /** Why nobody could look, once somebody has tried. */
  blind(): string | undefined;
  close(): Promise<void>;
}

/** Environments that are shown and have something in the cluster. */
function targetsIn(
  policy: Policy | undefined,
  { environment: only }: Inputs,
): ReadonlyMap<string, ConfigMapPolicy> {
  const all = [...(policy?.environments ?? [])];
  return new Map(
    all.flatMap(([name, { configmap }]): [string, ConfigMapPolicy][] =>
      configmap && (only === undefined || only === name) ? [[name, configmap]] : [],
    ),
  );
}

/** Whether somebody has said which cluster is meant: then one that is not found is a mistake of theirs. */
const isGiven = ({ kubeconfig, context, server, ca, token }: Inputs): boolean =>
  [kubeconfig, context, server, token].some((one) => one !== undefined) || ca.length > 0;

const NONE: SeenClusters = new Map();

async function lookAtAll(
  cluster: Cluster,
  targets: ReadonlyMap<string, ConfigMapPolicy>,
  signal: AbortSignal,
): Promise<SeenClusters> {
  const looks = [...targets].map(
    ([name, configmap]) =>
      async (either: AbortSignal): Promise<[string, SeenCluster]> => [
        name,
        await lookAtCluster(cluster, configmap, either),
      ],
  );
  return new Map(await together<readonly [string, SeenCluster][]>(signal, looks));
}

/** Opened once, and only where something that is shown is there; what one model has seen the next need not ask for. */
export function watchOf(
  open: OpenCluster | undefined,
  policy: Policy | undefined,
  inputs: Inputs,
): Watch {
  const targets = targetsIn(policy, inputs);
  let opened: Promise<Cluster | undefined> | undefined;
  let last: Promise<SeenClusters> | undefined;
  let why: string | undefined;

  async function opening(): Promise<Cluster | undefined> {
    try {
      if (open === undefined) throw new InputError('No cluster can be reached from here.');
      return await open();
    } catch (error) {
      if (!(error instanceof InputError) || isGiven(inputs)) throw error;
      why = error.problems.flatMap(({ message, hint }) => [message, hint ?? '']).join(' ');
      return undefined;
    }
  }

  return {
    async look(isNew, signal) {
      if (targets.size === 0) return { seen: NONE, isOld: false };
      opened ??= opening();
      const cluster = await opened;
      if (cluster === undefined) return { seen: NONE, isOld: false };
      const isOld = last !== undefined && !isNew;
      if (last === undefined || isNew) last = lookAtAll(cluster, targets, signal);
      return { seen: await last, isOld };
    },
    blind: () => why?.trim(),
    async close() {
      const cluster = await opened?.catch(() => undefined);
      await cluster?.close();
    },
  };
}
