import { setTimeout as sleep } from 'node:timers/promises';
import { type Pod, type PodStatus, podStatus, stagesOf } from './kubelet-status.ts';
import {
  type KubernetesAccess,
  kubernetesApi,
  kubernetesWatch,
  MERGE_PATCH,
} from './kubernetes-api.ts';

/** What a pod is told to become, in its template or on itself at any time: see `stagesOf`. */
export const STATE = 'stand-in/state';

export interface Kubelet {
  stop(): Promise<void>;
}

const RETRY_MILLISECONDS = 100;

export interface KubeletOptions extends KubernetesAccess {
  readonly namespace: string;
  /** What becomes of a pod of which no annotation tells, asked when something of it has changed. */
  readonly decide?: (pod: Pod) => string | undefined;
}

/** Says of the pods of one namespace what a node would say of them, though none of them runs. */
export function startKubelet(options: KubeletOptions): Kubelet {
  const off = new AbortController();
  const api = kubernetesApi(options, off.signal);
  const pods = `/api/v1/namespaces/${options.namespace}/pods`;
  const lives = new Map<string, { readonly state: string; readonly end: AbortController }>();

  const ended = (uid: string): void => {
    lives.get(uid)?.end.abort();
    lives.delete(uid);
  };

  const seen = (pod: Pod): void => {
    const { uid, annotations, deletionTimestamp } = pod.metadata;
    const state = annotations?.[STATE] ?? options.decide?.(pod) ?? 'ready';
    if (lives.get(uid)?.state === state && deletionTimestamp === undefined) return;
    ended(uid);
    if (deletionTimestamp !== undefined) return;
    const end = new AbortController();
    lives.set(uid, { state, end });
    const signal = AbortSignal.any([end.signal, off.signal]);
    live(pod, state, signal).catch((error) => {
      // A state that nobody knows fails the test run.
      if (!signal.aborted) throw error;
    });
  };

  const live = async (pod: Pod, state: string, signal: AbortSignal): Promise<void> => {
    for (const { after, what } of stagesOf(state)) {
      await sleep(after, undefined, { signal });
      await tell(pod, podStatus(pod, what), signal);
    }
  };

  /** Until it was heard: the server may be away for a while. */
  const tell = async (pod: Pod, status: PodStatus, signal: AbortSignal): Promise<void> => {
    const path = `${pods}/${pod.metadata.name}/status`;
    // Another pod may have the name by then, as those of a StatefulSet do.
    const body = { metadata: { uid: pod.metadata.uid }, status };
    const answered = async (): Promise<boolean> =>
      [200, 404].includes((await api('PATCH', path, body, MERGE_PATCH)).status);
    while (!(await answered().catch(() => false))) {
      await sleep(RETRY_MILLISECONDS, undefined, { signal });
    }
  };

  const look = async (): Promise<void> => {
    const { status, body } = await api<PodList>('GET', pods);
    if (status !== 200) throw new Error(`${pods}: ${status}`);
    const there = new Set(body.items.map(({ metadata }) => metadata.uid));
    for (const uid of lives.keys()) if (!there.has(uid)) ended(uid);
    for (const pod of body.items) seen(pod);
    const { resourceVersion } = body.metadata;
    const watch = `${pods}?watch=true&resourceVersion=${resourceVersion}`;
    for await (const { type, object } of kubernetesWatch<Pod>(options, watch, off.signal)) {
      // The server forgot where we were.
      if (type === 'ERROR') return;
      if (type === 'DELETED') ended(object.metadata.uid);
      else seen(object);
    }
  };

  const looking = (async (): Promise<void> => {
    while (!off.signal.aborted) {
      await look().catch(() => undefined);
      // Also when a watch ended well: a server that ends them all at once is not asked in a circle.
      await sleep(RETRY_MILLISECONDS, undefined, { signal: off.signal }).catch(() => undefined);
    }
  })();

  return {
    async stop() {
      off.abort();
      await looking;
    },
  };
}

interface PodList {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly Pod[];
}
