import type { ClusterPlaces } from '@passmuster/core/cluster/cluster-places.ts';
import { ClusterError } from '@passmuster/core/cluster/error.ts';
import { awaitRollouts } from '@passmuster/core/cluster/rollout/await.ts';
import { type Stuck, stuckPods } from '@passmuster/core/cluster/rollout/pods.ts';
import { RolloutFailed } from '@passmuster/core/cluster/rollout-failed.ts';
import { changeIn, RESTART, refIn } from '@passmuster/core/cluster/steps.ts';
import type { Workload } from '@passmuster/core/cluster/workload.ts';
import type { Problem } from '@passmuster/core/errors.ts';
import type { Acting } from '@passmuster/core/ledger/ledger.ts';
import type { Step, Way } from '@passmuster/core/promotions/step.ts';
import type { Ports } from '../moving/ports.ts';
import type { Target } from './target.ts';

interface Going {
  readonly target: Target;
  readonly places: ClusterPlaces;
  readonly steps: readonly Step[];
  readonly acting: Acting;
  readonly ports: Pick<Ports, 'clock' | 'voice' | 'signal' | 'lease'>;
}

const stampIn = ({ before, after }: Step, way: Way) =>
  changeIn(way === 'forward' ? after : before)?.annotations ?? new Map();

/** A StatefulSet does not replace by itself what never became ready. */
async function freeStuck(
  { target: { cluster }, acting, ports: { signal, voice } }: Going,
  step: Step,
  workload: Workload,
): Promise<Problem[]> {
  if (workload.kind !== 'StatefulSet') return [];
  let stuck: Stuck | undefined;
  try {
    const pods = await cluster.pods(workload, { signal });
    stuck = stuckPods(pods, workload, stampIn(step, 'forward'));
    if (stuck) await acting.stillOurs();
    for (const pod of stuck?.pods ?? []) await cluster.deletePod(pod, { signal });
    return [];
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    // Whoever cannot see them waits without: then it shows whether they were in the way.
    if (stuck === undefined) return [];
    if (error.failure.reason === 'missing') return [];
    const hint = `Its StatefulSet goes on once they are gone: \`${stuck.command}\`.`;
    // Whoever sees it now can still help.
    voice.warn(`${error.message} ${hint}`);
    return error.problems.map((problem) => ({
      ...problem,
      hint: [hint, problem.hint].filter(Boolean).join(' '),
    }));
  }
}

/** Whether it is still our turn, asked all the while: rejects when it is not. */
async function stillOurs({ acting, ports: { clock, lease } }: Going, until: AbortSignal) {
  while (!until.aborted) {
    await clock.sleep(lease / 3, until).catch(() => undefined);
    if (!until.aborted) await acting.stillOurs();
  }
}

async function workloadsOf({ target, places, ports }: Going, restarts: readonly Step[]) {
  const { signal } = ports;
  return Promise.all(
    restarts.map(async (step) => ({
      step,
      seen: places.workload(step) ?? (await target.cluster.workload(refIn(step.place), { signal })),
    })),
  );
}

const gone = ({ place }: Step): Problem => ({
  message: `\`${place}\` is not there any more.`,
  hint: 'Look for who has deleted it.',
});

/** Waits for all of them to run as they are to, on the way forward or back. */
async function rolledOut(going: Going, way: Way): Promise<RolloutFailed | undefined> {
  const { target, steps, ports, places } = going;
  // On the way back, what was never started anew is as it was, in whatever state that is.
  const restarts = steps.filter(
    (step) => step.kind === RESTART && (way === 'forward' || places.isTouched(step)),
  );
  if (restarts.length === 0) return undefined;
  if (way === 'back')
    ports.voice.note('All of it is put back; the workloads start anew as they were.');
  const found = await workloadsOf(going, restarts);
  const missing = found.filter(({ seen }) => seen === undefined).map(({ step }) => gone(step));
  const there = found.flatMap(({ step, seen }) => (seen ? [{ step, seen }] : []));
  const left: Problem[] = [];
  if (way === 'back') {
    for (const { step, seen } of there) left.push(...(await freeStuck(going, step, seen)));
  }
  const { failures, remarks } = await awaitRollouts({
    cluster: target.cluster,
    clock: ports.clock,
    signal: ports.signal,
    timeout: target.rollout['wait-timeout'],
    soak: way === 'forward' ? target.rollout.soak : 0,
    targets: there.map(({ step, seen }) => ({ seen, stamp: stampIn(step, way) })),
    note: (text) => ports.voice.note(text),
  });
  for (const remark of remarks) ports.voice.note(remark);
  const problems = [...missing, ...(failures.length > 0 ? left : [])];
  return failures.length + problems.length === 0
    ? undefined
    : new RolloutFailed(failures, problems, way);
}

/** A right that is missing does not come by waiting; what was written can be put back all the same. */
const mayNotLook = (error: unknown): error is ClusterError =>
  error instanceof ClusterError && error.failure.status === 403;

/** What a move waits for before it is sealed: that whoever was started anew is ready. */
export const rolloutsOf = (going: Going) => async (way: Way) => {
  if (!going.steps.some(({ kind }) => kind === RESTART)) return undefined;
  const ending = new AbortController();
  const signal = AbortSignal.any([going.ports.signal, ending.signal]);
  const waiting = { ...going, ports: { ...going.ports, signal } };
  const lost = stillOurs(going, ending.signal);
  const work = rolledOut(waiting, way);
  try {
    return await Promise.race([work, lost.then(() => work)]);
  } catch (error) {
    if (mayNotLook(error)) return error;
    throw error;
  } finally {
    ending.abort();
    await Promise.allSettled([work, lost]);
    // What was seen before the wait is old.
    going.places.forget();
  }
};
