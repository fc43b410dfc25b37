import type { Written, WrittenClaim } from '@passmuster/core/ledger/written.ts';
import type { Event } from './events.ts';

type Effect = Extract<Event, { readonly what: 'effect' }>;

/** When somebody else came to answer for a ticket: not before `from`, and surely by `by`. */
export interface Taken {
  readonly from: number;
  readonly by: number;
}

/** From when until when a ticket's process took it to be its turn, for its own ticket or for one it had claimed. */
export interface Turn {
  readonly self: number;
  readonly who: string;
  readonly from: number;
  /** When it began to seal, or gave up. */
  readonly ended: number;
  /** Then, or when it may have been claimed. */
  readonly to: number;
}

export interface Write extends Effect {
  /** Whether a reply says that it was done. */
  readonly isSure: boolean;
  /** Whether it may have come after somebody else had come to answer for its author. */
  readonly isLate: boolean;
}

/** The claims that count, and the first of them that names each ticket. */
export function countingClaims(entries: readonly Written[]): {
  readonly claims: readonly WrittenClaim[];
  readonly first: ReadonlyMap<number, WrittenClaim>;
} {
  const first = new Map<number, WrittenClaim>();
  const claims = entries
    .filter((entry) => entry.kind === 'claim')
    .sort((a, b) => a.number - b.number)
    .filter((claim) => {
      if (first.has(claim.by)) return false;
      for (const number of claim.of) if (!first.has(number)) first.set(number, claim);
      return true;
    });
  return { claims, first };
}

/** When each ticket was claimed, by what the claimers wrote down. */
export function claimTimes(
  entries: readonly Written[],
  events: readonly Event[],
): ReadonlyMap<number, Taken> {
  const times = new Map<number, Taken>();
  for (const [ticket, { nonce }] of countingClaims(entries).first) {
    const begun = events.find((event) => event.what === 'creating' && event.nonce === nonce);
    if (begun === undefined) throw new Error(`nobody wrote down the claim on ticket ${ticket}`);
    const { who, at: from } = begun;
    const after = events.find(
      (event) =>
        event.who === who &&
        event.at > from &&
        ((event.what === 'created' && event.nonce === nonce) ||
          (event.what === 'creating' && event.nonce !== nonce) ||
          ['answering', 'held', 'claimed', 'error'].includes(event.what)),
    );
    times.set(ticket, { from, by: after?.at ?? Number.POSITIVE_INFINITY });
  }
  return times;
}

const ENDS = ['sealing', 'claimed', 'error'];

/** Who was killed or stopped keeps its turn until it is claimed. */
export function turnsIn(
  events: readonly Event[],
  claimed: ReadonlyMap<number, Taken>,
): readonly Turn[] {
  const turns = new Map<number, Turn>();
  for (const event of events) {
    if (event.what !== 'held' && event.what !== 'answering') continue;
    const self = Number(event.self);
    if (turns.has(self)) continue;
    const { who, at: from } = event;
    const end = events.find((one) => one.who === who && one.at > from && ENDS.includes(one.what));
    const ended = end?.at ?? Number.POSITIVE_INFINITY;
    turns.set(self, {
      self,
      who,
      from,
      ended,
      to: Math.min(ended, claimed.get(self)?.from ?? ended),
    });
  }
  return [...turns.values()].sort((a, b) => a.from - b.from);
}

export function writesIn(
  events: readonly Event[],
  claimed: ReadonlyMap<number, Taken>,
): readonly Write[] {
  return events.flatMap((effect): Write[] => {
    if (effect.what !== 'effect') return [];
    const { who, at, value } = effect;
    const end = events.find(
      (one) =>
        one.who === who &&
        one.at > at &&
        (one.what === 'written' || one.what === 'unsure') &&
        one.value === value,
    );
    const isLate =
      (end?.at ?? at) > (claimed.get(Number(effect.self))?.by ?? Number.POSITIVE_INFINITY);
    return [{ ...effect, isSure: end?.what === 'written', isLate }];
  });
}
