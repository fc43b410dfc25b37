import type { Workload, WorkloadKind } from '../workload.ts';
import type { Rollout } from './rollout.ts';
import { kubectlName, podsText, saidText } from './words.ts';

const waiting = (says: string): Rollout => ({ is: 'waiting', says });

const made = ({ counts }: Workload): string =>
  `${counts.updated} of ${podsText(counts.wanted)} ${counts.updated === 1 ? 'has' : 'have'} the new template`;

/** Pods that the controller may not make, by a quota for example: that may pass, and has to be seen. */
function because({ conditions }: Workload): string {
  const failure = conditions.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  return failure ? `; ${saidText(failure.message || failure.reason)}` : '';
}

function done(workload: Workload, remark?: string): Rollout {
  const { wanted } = workload.counts;
  if (wanted > 0) {
    const says = `${podsText(wanted)} of the new template, all available`;
    return { is: 'done', says, ...(remark && { remark }) };
  }
  const none =
    workload.kind === 'DaemonSet'
      ? 'no node wants a pod of it, so nothing shows whether the new version works'
      : 'it is scaled to 0 pods, so nothing shows whether the new version works';
  return { is: 'done', says: 'no pods are wanted', remark: remark ?? none, isVacuous: true };
}

function deployment(workload: Workload): Rollout {
  const { wanted, there, updated, available } = workload.counts;
  const stuck = workload.conditions.find(({ reason }) => reason === 'ProgressDeadlineExceeded');
  if (stuck) {
    return {
      is: 'failed',
      says: `it has not got on for ${workload.deadline ?? '?'} s (ProgressDeadlineExceeded): ${made(workload)}${because(workload)}`,
      hint: `\`kubectl describe ${kubectlName(workload)}\` shows why. If its pods only need longer to start, raise its \`progressDeadlineSeconds\`.`,
    };
  }
  if (updated < wanted) return waiting(made(workload) + because(workload));
  if (there > updated)
    return waiting(`${podsText(there - updated)} of the old template still to end`);
  if (available < updated) return waiting(`${available} of ${podsText(updated)} available`);
  return done(workload);
}

function statefulSet(workload: Workload): Rollout {
  const { counts, partition, revisions } = workload;
  const { wanted, updated, ready } = counts;
  if (ready < wanted) return waiting(`${made(workload)}, ${ready} ready`);
  if (partition > 0) {
    if (updated < wanted - partition) return waiting(made(workload));
    const kept = Math.min(partition, wanted);
    const remark = `its partition of ${partition} keeps ${podsText(kept)} as they were`;
    const says = `${podsText(Math.max(0, wanted - partition))} of the new template`;
    return { is: 'done', says, remark, ...(kept === wanted && { isVacuous: true }) };
  }
  const isOver = revisions ? revisions.update === revisions.current : updated >= wanted;
  return isOver ? done(workload) : waiting(made(workload));
}

function daemonSet(workload: Workload): Rollout {
  const { wanted, updated, available } = workload.counts;
  if (updated < wanted) return waiting(made(workload));
  if (available < wanted) return waiting(`${available} of ${podsText(wanted)} available`);
  return done(workload);
}

/** Its owner has chosen to restart the pods by hand, so that to wait would never end. */
function byHand(workload: Workload): Rollout {
  const { wanted, updated } = workload.counts;
  if (updated >= wanted) return done(workload);
  const remark = `nobody restarts its pods (\`OnDelete\`): each gets the new version when it is deleted, \`kubectl delete pod -n ${workload.namespace} NAME\``;
  return { is: 'done', says: made(workload), remark };
}

const BY_KIND: Record<WorkloadKind, (workload: Workload) => Rollout> = {
  Deployment: deployment,
  StatefulSet: statefulSet,
  DaemonSet: daemonSet,
};

/** How far a workload has come, by what its controller says of its present generation. */
export const progressOf = (workload: Workload): Rollout =>
  workload.strategy === 'OnDelete' ? byHand(workload) : BY_KIND[workload.kind](workload);
