import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import { openLedger } from '@passmuster/core/ledger/open.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { witnessesOfMoves } from '@passmuster/verbs/moving/witness.ts';
import type { KubernetesObject } from '../../services/kubernetes-api.ts';
import { surroundings } from '../../surroundings.ts';
import { asking, type Scene } from './scene.ts';
import { configMap, deployments, stampOf } from './serving.ts';

/** How far a run had come that was killed, by what it has left. */
export const REACHED = [
  'no ticket',
  'a ticket',
  'the ConfigMap',
  'all written',
  'all live',
  'its way back',
  'its seal',
] as const;

export type Reached = (typeof REACHED)[number];

/** What can be seen of how far somebody has come. */
export interface Traces {
  /** Those that have ended, in production. */
  readonly sealed: readonly Ticket[];
  readonly open: readonly Ticket[];
  /** The number that was given last. */
  readonly newest: number;
  /** What the ledger lacks. */
  readonly problems: readonly string[];
  readonly map: Readonly<Record<string, string>>;
  readonly workloads: readonly KubernetesObject[];
}

const { signal } = new AbortController();

/** The number of the last ticket of a model, whatever became of it. */
export async function newestTicket(registry: Registry, model: string): Promise<number> {
  const name = `passmuster.${model}`;
  const [newest] = await Array.fromAsync(registry.versions({ model: name, most: 1 }));
  return Number(newest?.number ?? 0);
}

export async function traces(scene: Scene): Promise<Traces> {
  const { systems, model } = scene;
  const [ledger, map, workloads] = await Promise.all([
    asking(systems.registry, async (registry) => {
      const of = openLedger({ ...surroundings(), registry, model, lease: 60_000 });
      const versions = await Array.fromAsync(registry.versions({ model, order: 'oldest' }));
      const whole = await of.whole(signal);
      const { sealed, problems } = whole.history(
        { environment: 'production' },
        witnessesOfMoves(of.name, versions),
      );
      const open = whole.open.filter(({ queue }) => queue === 'moves');
      return {
        sealed,
        open,
        newest: whole.newest,
        problems: problems.map(({ message }) => message),
      };
    }),
    configMap(scene),
    deployments(scene),
  ]);
  return { ...ledger, map: map.data ?? {}, workloads };
}

export const isSame = (one: object, other: object): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** What there is to wait for after a restart. */
export function isLive({ metadata, spec = {}, status = {} }: KubernetesObject): boolean {
  const { replicas } = spec;
  const counts = ['updatedReplicas', 'availableReplicas', 'replicas'].map((name) => status[name]);
  return (
    status['observedGeneration'] === metadata['generation'] &&
    counts.every((count) => count === replicas)
  );
}

/** Whether as many are stamped otherwise than before. */
export function isRestarted(
  { workloads }: Traces,
  now: readonly KubernetesObject[],
  restarts: number,
): boolean {
  const changed = now.filter((one, at) => stampOf(one) !== stampOf(workloads[at] ?? one));
  return changed.length >= restarts;
}

/** By what it has changed; `restarts` is how many workloads it was to restart. */
export function reached(before: Traces, after: Traces, restarts: number): Reached {
  if (after.sealed.length > before.sealed.length) return 'its seal';
  if (after.open.length === 0) return 'no ticket';
  if (isSame(before.map, after.map)) return 'a ticket';
  if (!isRestarted(before, after.workloads, restarts)) return 'the ConfigMap';
  return after.workloads.every(isLive) ? 'all live' : 'all written';
}
