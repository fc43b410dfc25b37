import type { Pod } from '../pod.ts';
import type { Stamp } from '../reading/stamp.ts';
import type { Workload, WorkloadRef } from '../workload.ts';
import { type Ailment, ailmentsOf } from './ailments.ts';
import { type Grace, lasting } from './lasting.ts';
import type { Rollout } from './rollout.ts';
import { rolloutOf } from './state.ts';
import { nameText, saidText } from './words.ts';

export interface Target {
  /** As the write of its stamp has returned it. */
  readonly seen: Workload;
  readonly stamp: Stamp;
}

/** Why a rollout is given up. */
export interface Trouble {
  readonly says: string;
  readonly hint?: string;
  /** What its pods suffer from, where that is why. */
  readonly ailment?: Ailment;
}

/** A workload that is waited for, as it was seen last. */
export interface Watched {
  readonly target: Target;
  readonly ref: WorkloadRef;
  readonly workload: Workload;
  readonly rollout: Rollout;
  readonly pods: readonly Pod[];
  see(workload: Workload | undefined): void;
  look(pods: readonly Pod[], elapsed: number): void;
  /** Nothing while there is hope; pods that fail count also where the workload says that it is done. */
  trouble(): Trouble | undefined;
}

const troubleOfPod = ({ pod, container, reason, message, ...rest }: Ailment): Trouble => {
  const where = container === undefined ? '' : `, container ${nameText(container)}`;
  const told = message === '' ? '' : `: ${saidText(message)}`;
  return {
    says: `its pod ${nameText(pod.name)} does not start (${saidText(reason)}${where})${told}`,
    hint: `\`kubectl describe pod -n ${nameText(pod.namespace)} ${nameText(pod.name)}\``,
    ailment: { pod, ...(container !== undefined && { container }), reason, message, ...rest },
  };
};

export function watched(target: Target, grace: Grace): Watched {
  const { seen, stamp } = target;
  const { kind, namespace, name, uid, generation } = seen;
  const wanted = { uid, generation, stamp };
  const enough = lasting(grace);
  let workload = seen;
  let rollout = rolloutOf(seen, wanted);
  let pods: readonly Pod[] = [];
  let ailment: Ailment | undefined;
  return {
    target,
    ref: { kind, namespace, name },
    get workload() {
      return workload;
    },
    get rollout() {
      return rollout;
    },
    get pods() {
      return pods;
    },
    see(now) {
      workload = now ?? workload;
      rollout = rolloutOf(now, wanted);
    },
    look(found, elapsed) {
      pods = found;
      ailment = enough(ailmentsOf(found, stamp), elapsed);
    },
    trouble() {
      if (rollout.is === 'failed') return { says: rollout.says, hint: rollout.hint };
      return ailment && troubleOfPod(ailment);
    },
  };
}
