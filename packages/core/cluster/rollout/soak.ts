import type { Pod } from '../pod.ts';
import type { Notes } from './notes.ts';
import { podsOf } from './pods.ts';
import type { Trouble, Watched } from './watched.ts';
import { look, type Watching } from './watching.ts';
import { nameText, secondsText } from './words.ts';

/** For so long a pod may be missing: one more may have been wanted just now. */
const LONGEST_LACK = 10_000;
const TICK = 1_000;

const containersOf = (pods: readonly Pod[]) =>
  pods.flatMap((pod) =>
    pod.containers.map((status) => ({ pod, status, key: `${pod.uid}/${status.name}` })),
  );

/**
 * A container that has died and was started again, so that it is ready now says little. `before` is how often
 * each had been started when it was seen first.
 */
function restarted(one: Watched, before: Map<string, number>): Trouble | undefined {
  const now = containersOf(podsOf(one.pods, one.target.stamp));
  for (const { key, status } of now) if (!before.has(key)) before.set(key, status.restarts);
  const again = now.find(({ key, status }) => status.restarts > (before.get(key) ?? 0));
  if (!again) return undefined;
  const { pod, status } = again;
  const { reason = 'Restarted', message = '', exitCode } = status.terminated ?? status.last ?? {};
  const code = exitCode === undefined ? '' : ` with exit code ${exitCode}`;
  return {
    says: `container ${nameText(status.name)} of its pod ${nameText(pod.name)} ended${code} after the rollout, and was started again`,
    hint: `\`kubectl describe pod -n ${nameText(pod.namespace)} ${nameText(pod.name)}\``,
    ailment: { pod, container: status.name, reason, message, severity: 'fatal' },
  };
}

/** Judges one workload again and again; what is missing has to be missing for a while. */
function judgeOf(one: Watched): (elapsed: number) => Trouble | 'lacking' | undefined {
  const before = new Map<string, number>();
  let since: number | undefined;
  return (elapsed) => {
    const trouble = one.trouble() ?? restarted(one, before);
    if (trouble) return trouble;
    if (one.rollout.is !== 'waiting') {
      since = undefined;
      return undefined;
    }
    since ??= elapsed;
    if (elapsed - since < LONGEST_LACK) return 'lacking';
    const { says } = one.rollout;
    return {
      says: `it was done, and is not any more for ${secondsText(elapsed - since)}: ${says}`,
    };
  };
}

/** Who is in trouble after all; nothing where they have held out. */
export async function soaked(
  watching: Watching,
  notes: ReadonlyMap<Watched, Notes>,
  soak: number,
): Promise<Map<Watched, Trouble> | undefined> {
  const { clock, bell } = watching;
  const all = [...notes.keys()];
  const lookAtAll = () => Promise.all(all.map((one) => look(watching, one)));
  const until = clock.elapsed() + soak;
  // What was seen before the end of the rollout says nothing of what comes after it.
  for (const one of all) one.look([], clock.elapsed());
  await lookAtAll();
  const judges = all.map((one) => ({ one, judge: judgeOf(one) }));
  for (let isLast = false; ; ) {
    const verdicts = judges.map(({ one, judge }) => [one, judge(clock.elapsed())] as const);
    const troubles = verdicts.filter(
      (pair): pair is readonly [Watched, Trouble] => typeof pair[1] === 'object',
    );
    if (troubles.length > 0) return new Map(troubles);
    for (const [one, { now }] of notes) now(one.rollout.says, false);
    const isLacking = verdicts.some(([, verdict]) => verdict === 'lacking');
    if (isLast && !isLacking) return undefined;
    const left = until - clock.elapsed();
    await bell.wait(left > 0 ? Math.min(TICK, left) : isLacking ? TICK : 0);
    isLast = clock.elapsed() >= until;
    if (isLast) await lookAtAll();
  }
}
