import { RegistryError } from '../registry/error.ts';
import { type Context, requestBound } from './context.ts';
import { renewEvery } from './protocol/life.ts';
import { TAG } from './tags.ts';

/** Says again and again that our ticket's holder lives. */
export interface Renewing {
  /** Milliseconds since the last renewal that we know to have arrived was sent. */
  age(): number;
  /** One more, at once, whether it arrives or not. */
  now(): Promise<void>;
  stop(): void;
}

/** `number` may change: a repeated creation can turn out to have come first. */
export function startRenewing(context: Context, number: () => string): Renewing {
  const { registry, clock, name, lease } = context;
  const ending = new AbortController();
  let count = 0;
  let arrived = clock.elapsed();

  /** One that fails is made up for by the next; whether that is in time, `age` tells. */
  async function renew(): Promise<void> {
    const sent = clock.elapsed();
    const within = requestBound(lease);
    try {
      await registry.tagVersion(name, number(), TAG.renewed, String(++count), { within });
      arrived = sent;
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
    }
  }

  async function goOn(): Promise<void> {
    for (;;) {
      await clock.sleep(renewEvery(lease), ending.signal);
      await renew();
    }
  }

  goOn().catch(() => undefined);
  return {
    age: () => clock.elapsed() - arrived,
    now: renew,
    stop: () => ending.abort(),
  };
}
