import { isDeepStrictEqual } from 'node:util';
import { controlledBy, copy, ownedBy, type Texts } from '../objects.ts';
import { REPLICA_SETS } from '../resources.ts';
import { created, updated } from '../store/writes.ts';
import type { Deployment, ReplicaSet, Template } from '../workloads.ts';
import type { Progress } from './deployment-progress.ts';
import { type Desk, MANAGER } from './desk.ts';
import { templateHash } from './pods.ts';
import { firstReplicas, roll } from './rolling.ts';

const HASH = 'pod-template-hash';
const REVISION = 'deployment.kubernetes.io/revision';
const HISTORY = 'deployment.kubernetes.io/revision-history';
const OWN = /^(?:deployment\.kubernetes\.io\/|kubectl\.kubernetes\.io\/last-applied)/;

function unhashed(template: Template): Template {
  const plain = copy(template);
  const { [HASH]: _, ...labels } = plain.metadata?.labels ?? {};
  return { ...plain, metadata: { ...plain.metadata, labels } };
}

const revisionOf = (set: ReplicaSet): number => Number(set.metadata.annotations?.[REVISION] ?? 0);

export function replicaSetsOf({ store }: Desk, deployment: Deployment): ReplicaSet[] {
  const sets = store.list(REPLICA_SETS, deployment.metadata.namespace) as ReplicaSet[];
  return sets.filter((set) => ownedBy(set, deployment));
}

function annotationsOf(deployment: Deployment, revision: number): Texts {
  const { replicas } = deployment.spec;
  const own = Object.entries(deployment.metadata.annotations ?? {});
  return {
    ...Object.fromEntries(own.filter(([key]) => !OWN.test(key))),
    'deployment.kubernetes.io/desired-replicas': String(replicas),
    'deployment.kubernetes.io/max-replicas': String(replicas + Math.ceil(replicas / 4)),
    [REVISION]: String(revision),
  };
}

function makeReplicaSet(
  desk: Desk,
  deployment: Deployment,
  revision: number,
  replicas: number,
): ReplicaSet {
  const { template, selector, minReadySeconds } = deployment.spec;
  const hash = templateHash(unhashed(template));
  const { name, namespace = '' } = deployment.metadata;
  const labels = { ...template.metadata?.labels, [HASH]: hash };
  return created(
    desk.store,
    REPLICA_SETS,
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels,
        annotations: annotationsOf(deployment, revision),
        ownerReferences: [controlledBy(deployment)],
      },
      spec: {
        replicas,
        ...(minReadySeconds && { minReadySeconds }),
        selector: { matchLabels: { ...selector.matchLabels, [HASH]: hash } },
        template: { ...template, metadata: { ...template.metadata, labels } },
      },
    },
    { manager: MANAGER },
  ) as ReplicaSet;
}

/** The set of the present template: one that is there already comes back as the newest. */
function newest(
  desk: Desk,
  deployment: Deployment,
  sets: readonly ReplicaSet[],
): { set: ReplicaSet | undefined; made: boolean } {
  const template = unhashed(deployment.spec.template);
  const same = sets.find((set) => isDeepStrictEqual(unhashed(set.spec.template), template));
  const last = Math.max(0, ...sets.filter((set) => set !== same).map(revisionOf));
  if (!same) {
    if (deployment.spec.paused) return { set: undefined, made: false };
    return {
      set: makeReplicaSet(desk, deployment, last + 1, firstReplicas(deployment, sets)),
      made: true,
    };
  }
  const revision = Math.max(revisionOf(same), last + 1);
  if (deployment.spec.paused || revision === revisionOf(same)) return { set: same, made: false };
  const past = [same.metadata.annotations?.[HISTORY], revisionOf(same)].filter(Boolean).join(',');
  const annotations = { ...annotationsOf(deployment, revision), [HISTORY]: past };
  const metadata = { ...same.metadata, annotations };
  const draft = { ...same, metadata };
  const set = updated(desk.store, REPLICA_SETS, same, draft, { manager: MANAGER });
  return { set: set as ReplicaSet, made: false };
}

function forgetOldest(desk: Desk, deployment: Deployment, old: readonly ReplicaSet[]): void {
  const idle = old.filter(({ spec, status }) => spec.replicas === 0 && !status?.replicas);
  const sorted = idle.toSorted((a, b) => revisionOf(a) - revisionOf(b));
  const surplus = sorted.length - deployment.spec.revisionHistoryLimit;
  for (const set of sorted.slice(0, Math.max(0, surplus))) desk.store.remove(REPLICA_SETS, set);
}

/** One look at a Deployment, and one step towards what it wants. */
export function tendDeployment(desk: Desk, deployment: Deployment, progress: Progress): void {
  const sets = replicaSetsOf(desk, deployment);
  const { set, made } = newest(desk, deployment, sets);
  const old = sets.filter((one) => one.metadata.uid !== set?.metadata.uid);
  if (set && !deployment.spec.paused) roll(desk, deployment, set, old);
  const now = replicaSetsOf(desk, deployment);
  const revision = set && String(revisionOf(set));
  const annotations = {
    ...deployment.metadata.annotations,
    ...(revision && { [REVISION]: revision }),
  };
  const fresh = now.find((one) => one.metadata.uid === set?.metadata.uid);
  const complete = progress.report(desk, deployment, { fresh, all: now, made, annotations });
  if (complete) forgetOldest(desk, deployment, old);
}
