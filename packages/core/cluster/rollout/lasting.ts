import type { Ailment } from './ailments.ts';

/** For how many milliseconds what may pass is borne. */
export interface Grace {
  /** An image that cannot be pulled, a container that cannot be made. */
  readonly starting: number;
  /** No node for a pod: one may be on its way. */
  readonly scheduling: number;
}

export const GRACE: Grace = { starting: 20_000, scheduling: 120_000 };

/** An image that is not pulled has two names in turn. */
const family = (reason: string): string => (reason.includes('Image') ? 'image' : reason);

/** Remembers what pods suffer from, and says when it is enough. */
export function lasting(
  grace: Grace,
): (ailments: readonly Ailment[], elapsed: number) => Ailment | undefined {
  let since = new Map<string, number>();
  return (ailments, elapsed) => {
    const now = new Map<string, number>();
    const enough = ailments.filter(({ pod, container, reason, severity }) => {
      const key = JSON.stringify([pod.uid, container, family(reason)]);
      const began = since.get(key) ?? elapsed;
      now.set(key, began);
      const most = reason === 'Unschedulable' ? grace.scheduling : grace.starting;
      return severity === 'fatal' || elapsed - began >= most;
    });
    since = now;
    return enough[0];
  };
}
