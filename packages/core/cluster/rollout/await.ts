import type { Clock } from '../../clock.ts';
import type { WorkloadRef } from '../workload.ts';
import { newBell } from './bell.ts';
import { failureOf, type RolloutFailure } from './failure.ts';
import { GRACE, type Grace } from './lasting.ts';
import { type Notes, notesOn } from './notes.ts';
import type { Rollout } from './rollout.ts';
import { soaked } from './soak.ts';
import { type Target, type Trouble, type Watched, watched } from './watched.ts';
import { type Readable, type Watching, watch } from './watching.ts';
import { refText, secondsText } from './words.ts';

export interface Awaiting {
  readonly cluster: Readable;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds until all of them have to be done. */
  readonly timeout: number;
  /** Milliseconds after that in which their pods have to hold out; 0 for none. */
  readonly soak: number;
  readonly targets: readonly Target[];
  /** A line for whoever watches. */
  readonly note: (text: string) => void;
  readonly grace?: Grace;
}

export interface AwaitedRollouts {
  /** Empty where all is well. */
  readonly failures: readonly RolloutFailure[];
  readonly remarks: readonly string[];
  /** How far each has come, in the order of the targets. */
  readonly states: readonly { readonly ref: WorkloadRef; readonly says: string }[];
}

/** News come by the bell; this is for the time that passes without. */
const TICK = 1_000;

/** A deadline of its own that strikes before ours. */
function deadlineRemark({ seen }: Target, timeout: number): string[] {
  const { deadline } = seen;
  if (seen.kind !== 'Deployment' || deadline === undefined || deadline * 1_000 >= timeout)
    return [];
  return [
    `${refText(seen)} gives up by itself after ${deadline} s without a new pod (\`progressDeadlineSeconds\`), before the ${secondsText(timeout)} that are waited for it.`,
  ];
}

const tooLate = ({ rollout }: Watched, timeout: number): Trouble => ({
  says: `it is not done after ${secondsText(timeout)}: ${rollout.says}`,
  hint: 'If its pods only need longer to start, allow more time.',
});

/** Who is in trouble; nothing once all of them are done. The pods of one that is done are looked at after that. */
async function rolledOut(
  { clock, bell }: Watching,
  all: ReadonlyMap<Watched, Notes>,
  timeout: number,
): Promise<Map<Watched, Trouble> | undefined> {
  const until = clock.elapsed() + timeout;
  for (;;) {
    for (const [one, notes] of all) notes.now(one.rollout.says, one.rollout.is === 'done');
    const waiting = [...all.keys()].filter(({ rollout }) => rollout.is !== 'done');
    if (waiting.length === 0) return undefined;
    const isLate = clock.elapsed() >= until;
    const troubles = waiting.flatMap((one) => {
      const trouble = one.trouble() ?? (isLate ? tooLate(one, timeout) : undefined);
      return trouble ? [[one, trouble] as const] : [];
    });
    if (troubles.length > 0) return new Map(troubles);
    await bell.wait(Math.min(TICK, until - clock.elapsed()));
  }
}

const isVacuous = (rollout: Rollout): boolean =>
  rollout.is === 'done' && rollout.isVacuous === true;

/** Who is in trouble in the end, told as far as it can be. */
async function failuresOf(
  watching: Watching,
  all: ReadonlyMap<Watched, Notes>,
  { timeout, soak, note }: Awaiting,
): Promise<RolloutFailure[]> {
  let troubles = await rolledOut(watching, all, timeout);
  const serving = new Map([...all].filter(([{ rollout }]) => !isVacuous(rollout)));
  if (!troubles && soak > 0 && serving.size > 0) {
    note(
      `All have rolled out; for ${secondsText(soak)} it is watched whether their pods hold out.`,
    );
    troubles = await soaked(watching, serving, soak);
  }
  return Promise.all(
    [...(troubles ?? [])].map(([one, trouble]) => failureOf(watching, one, trouble)),
  );
}

const remarkOf = ({ ref, rollout }: Watched): string[] =>
  rollout.is === 'done' && rollout.remark ? [`${refText(ref)}: ${rollout.remark}.`] : [];

/**
 * Waits until all of them have rolled out and held out, or the first has failed. Rejects with the signal's
 * reason, and with what the cluster refuses when it is asked how they are: then nothing is known.
 */
export async function awaitRollouts(options: Awaiting): Promise<AwaitedRollouts> {
  const { cluster, clock, targets, note, timeout, grace = GRACE } = options;
  options.signal.throwIfAborted();
  const remarks = new Set(targets.flatMap((target) => deadlineRemark(target, timeout)));
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const bell = newBell(clock, signal);
  const remark = (text: string) => void remarks.add(text);
  const watching: Watching = { cluster, clock, signal, bell, remark };
  const all = new Map<Watched, Notes>();
  for (const target of targets) {
    const one = watched(target, grace);
    all.set(one, notesOn(one.ref, clock, note));
  }
  const tasks = [...all.keys()].map((one) => watch(watching, one));
  try {
    const failures = await failuresOf(watching, all, options);
    const states = [...all.keys()].map(({ ref, rollout }) => ({ ref, says: rollout.says }));
    for (const [one, notes] of all) {
      notes.last(one.rollout.says);
      for (const text of remarkOf(one)) remarks.add(text);
    }
    return { failures, remarks: [...remarks], states };
  } finally {
    ending.abort();
    await Promise.all(tasks);
  }
}
