import type { Texts } from '../objects.ts';
import { DEPLOYMENTS } from '../resources.ts';
import { stamp } from '../store/writes.ts';
import type { Condition, Deployment, DeploymentStatus, ReplicaSet } from '../workloads.ts';
import { counted, type Desk, writeStatus } from './desk.ts';
import { boundsOf } from './rolling.ts';

interface Seen {
  readonly fresh: ReplicaSet | undefined;
  readonly all: readonly ReplicaSet[];
  /** The set of the present template has just been made. */
  readonly made: boolean;
  readonly annotations: Texts;
}

type Said = Pick<Condition, 'status'> & {
  readonly reason: string;
  readonly message: string;
  /** Something got on: the condition is of now, even if it says the same. */
  readonly moved?: boolean;
};

const sum = (sets: readonly ReplicaSet[], of: (set: ReplicaSet) => number | undefined): number =>
  sets.reduce((total, set) => total + (of(set) ?? 0), 0);

const conditionOf = (deployment: Deployment, type: string): Condition | undefined =>
  deployment.status?.conditions?.find((one) => one.type === type);

function countersOf({ fresh, all }: Seen) {
  const available = sum(all, ({ status }) => status?.availableReplicas);
  const wanted = sum(all, (set) => set.spec.replicas);
  return {
    replicas: sum(all, ({ status }) => status?.replicas),
    updatedReplicas: fresh?.status?.replicas ?? 0,
    readyReplicas: sum(all, ({ status }) => status?.readyReplicas),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, wanted - available),
  };
}

type Counters = ReturnType<typeof countersOf>;

const isComplete = ({ spec }: Deployment, now: Counters): boolean =>
  now.updatedReplicas === spec.replicas &&
  now.replicas === spec.replicas &&
  now.availableReplicas === spec.replicas;

function isMoving(was: DeploymentStatus, now: Counters): boolean {
  const old = (status: DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    now.updatedReplicas > (was.updatedReplicas ?? 0) ||
    old(now) < old(was) ||
    now.readyReplicas > (was.readyReplicas ?? 0) ||
    now.availableReplicas > (was.availableReplicas ?? 0)
  );
}

function availability(deployment: Deployment, now: Counters): Said {
  const least = deployment.spec.replicas - boundsOf(deployment).unavailable;
  return now.availableReplicas >= least
    ? {
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

/** How the rollouts of Deployments get on, and since when nothing has moved. */
export class Progress {
  /** In milliseconds: the times in conditions have whole seconds. */
  readonly #moved = new Map<string, number>();

  /** Writes the status, and says whether the rollout is complete. */
  report(desk: Desk, deployment: Deployment, seen: Seen): boolean {
    const now = countersOf(seen);
    const complete = isComplete(deployment, now);
    const said = this.#progressing(desk, deployment, seen, now);
    const conditions = [
      this.#condition(deployment, 'Available', availability(deployment, now)),
      ...(said ? [this.#condition(deployment, 'Progressing', said)] : []),
    ];
    const status = {
      observedGeneration: deployment.metadata.generation,
      ...counted(now),
      terminatingReplicas: 0,
      conditions,
    };
    writeStatus(desk, DEPLOYMENTS, deployment, status, seen.annotations);
    return complete;
  }

  /** Nothing where what was said still holds, and its time with it. */
  #progressing(desk: Desk, deployment: Deployment, seen: Seen, now: Counters): Said | undefined {
    const { uid, name } = deployment.metadata;
    const before = conditionOf(deployment, 'Progressing');
    const set = `ReplicaSet "${seen.fresh?.metadata.name ?? name}"`;
    const moved = (said: Said) => {
      this.#moved.set(uid, Date.now());
      return { ...said, moved: true };
    };
    if (deployment.spec.paused) {
      const message = 'Deployment is paused';
      return { status: 'Unknown', reason: 'DeploymentPaused', message };
    }
    if (before?.reason === 'DeploymentPaused') {
      desk.again(DEPLOYMENTS, deployment, 1);
      const message = 'Deployment is resumed';
      return moved({ status: 'Unknown', reason: 'DeploymentResumed', message });
    }
    if (seen.made) {
      const message = `Created new replica set "${seen.fresh?.metadata.name}"`;
      desk.again(DEPLOYMENTS, deployment, 1);
      return moved({ status: 'True', reason: 'NewReplicaSetCreated', message });
    }
    const settled =
      now.replicas === now.updatedReplicas && before?.reason === 'NewReplicaSetAvailable';
    if (settled) return before as Said;
    if (isComplete(deployment, now)) {
      const message = `${set} has successfully progressed.`;
      return moved({ status: 'True', reason: 'NewReplicaSetAvailable', message });
    }
    if (isMoving(deployment.status ?? {}, now) || !before) {
      this.#lookAgain(desk, deployment);
      const message = `${set} is progressing.`;
      return moved({ status: 'True', reason: 'ReplicaSetUpdated', message });
    }
    if (this.#lookAgain(desk, deployment) && before.reason !== 'NewReplicaSetAvailable') {
      const message = `${set} has timed out progressing.`;
      return { status: 'False', reason: 'ProgressDeadlineExceeded', message };
    }
    return before as Said;
  }

  /** Whether the deadline has passed; if not, looks again when it will have. */
  #lookAgain(desk: Desk, deployment: Deployment): boolean {
    const { uid } = deployment.metadata;
    const since = this.#moved.get(uid) ?? Date.now();
    this.#moved.set(uid, since);
    const left = since + deployment.spec.progressDeadlineSeconds * desk.second - Date.now();
    if (left > 0) desk.again(DEPLOYMENTS, deployment, left + 1);
    return left <= 0;
  }

  #condition(deployment: Deployment, type: string, said: Said): Condition {
    const before = conditionOf(deployment, type);
    const { status, reason, message } = said;
    const same =
      before?.status === status && before.reason === reason && before.message === message;
    if (same && !said.moved) return before;
    const at = stamp();
    const { lastTransitionTime = at } = before ?? {};
    return {
      type,
      status,
      lastUpdateTime: at,
      lastTransitionTime: before?.status === status ? lastTransitionTime : at,
      reason,
      message,
    };
  }
}
