import type { Clock } from '../clock.ts';
import { EffectError } from '../effect-error.ts';
import type { Forge } from '../forge.ts';
import type { Host } from '../host.ts';
import type { Call, Registry } from '../registry/registry.ts';
import { explained } from './words.ts';

/** The few things that a server must be able to do for a ledger. */
export type LedgerRegistry = Pick<
  Registry,
  | 'address'
  | 'has'
  | 'model'
  | 'createModel'
  | 'version'
  | 'versions'
  | 'createVersion'
  | 'tagVersion'
>;

/** What every part of the executor works with. */
export interface Context {
  readonly registry: LedgerRegistry;
  readonly clock: Clock;
  readonly host: Host;
  /** Asked whether the run of a silent holder has finished. */
  readonly forge?: Forge | undefined;
  readonly model: string;
  /** The name of the ledger. */
  readonly name: string;
  /** Of our own tickets, in milliseconds. */
  readonly lease: number;
  readonly stake: Stake;
}

/** How much of ours is in the ledger, and so how long a registry that does not answer is asked again. */
type Stake =
  /** We only read: a few times. */
  | 'none'
  /** About to come: for a lease, unless nothing can be sent. */
  | 'coming'
  /** There, or perhaps there: for a lease, also while the registry is gone. */
  | 'there';

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 2_000;

/** Between 0 and 1, so that contenders do not come back all at once. */
const chance = (host: Host): number => Number.parseInt(host.random(4), 16) / 0x1_0000_0000;

/** Waits for so long at most, and never as long as another who waits. */
export const rest = ({ clock, host }: Context, most: number, signal: AbortSignal): Promise<void> =>
  clock.sleep(most * (0.5 + chance(host) / 2), signal);

/** Waits longer each time. */
export const pause = (context: Context, tries: number, signal: AbortSignal): Promise<void> =>
  rest(context, Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(tries, 10)), signal);

/** For what must not be broken off: it is bounded by time alone. */
export const never = (): AbortSignal => new AbortController().signal;

/** Whether the same may well succeed a little later, or has succeeded without our hearing of it. */
export const isPassing = (error: unknown): boolean =>
  error instanceof EffectError &&
  ['contended', 'unanswered', 'unreachable'].includes(error.failure.reason);

/** Whether nothing was even sent. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof EffectError && error.failure.reason === 'unreachable';

const isLasting = (error: unknown): boolean =>
  error instanceof EffectError && error.failure.lasting === true;

/** How long one request of the ledger may take; a copy that lands later harms nobody. */
export const requestBound = (lease: number): number => Math.max(lease / 4, 1_000);

const FEWEST_TRIES = 5;

/** Whether to try once more: for a lease, and a few times in any case, since one may have been stopped. */
export function patience({
  clock,
  lease,
  stake,
}: Pick<Context, 'clock' | 'lease' | 'stake'>): () => boolean {
  const until = clock.elapsed() + (stake === 'none' ? 0 : lease);
  let tries = 0;
  return () => ++tries < FEWEST_TRIES || clock.elapsed() < until;
}

/** Whether the same will fail again, as far as it matters to us. */
export function isHopeless({ stake }: Context, error: unknown): boolean {
  if (!isPassing(error)) return true;
  if (stake === 'there') return false;
  return isUnreachable(error) || (stake === 'none' && isLasting(error));
}

/** Sends the same again until there is a reply: for reads, and for tags, which can be set twice. */
export async function insist<Value>(
  context: Context,
  signal: AbortSignal,
  attempt: (call: Call) => Promise<Value>,
): Promise<Value> {
  const within = requestBound(context.lease);
  const mayGoOn = patience(context);
  for (let tries = 0; ; tries++) {
    try {
      return await attempt({ within, signal });
    } catch (error) {
      if (isHopeless(context, error) || !mayGoOn()) throw explained(context, error);
    }
    await pause(context, tries, signal);
  }
}
