import { isWorkflowRun } from '../workflow-run.ts';
import type { Context } from './context.ts';
import type { Holder } from './ledger.ts';
import type { Snapshot } from './look.ts';
import { type Life, type Pulse, renewEvery } from './protocol/life.ts';
import type { WrittenTicket } from './written.ts';

interface Seen {
  readonly state: string;
  /** When the first look that showed it had ended, and the last one began: between, nothing changed. */
  readonly since: number;
  readonly until: number;
}

/** Follows the signs of life of all open tickets, by our own clock. */
export interface Observer {
  note(snapshot: Snapshot): void;
  pulse(): Pulse;
  /** Finds out, where that is possible, whether a holder is still there at all. */
  ask(ticket: WrittenTicket, holder: Holder, signal: AbortSignal): Promise<void>;
}

const stateOf = ({ renewed, recorded, end }: WrittenTicket): string =>
  `${renewed} ${recorded} ${end ?? ''}`;

export function observer(context: Context): Observer {
  const seen = new Map<number, Seen>();
  const gone = new Set<number>();
  const asked = new Map<number, number>();

  function note({ view, began, ended }: Snapshot): void {
    for (const ticket of view.tickets.values()) {
      const state = stateOf(ticket);
      const before = seen.get(ticket.number);
      const since = before?.state === state ? before.since : ended;
      seen.set(ticket.number, { state, since, until: began });
    }
  }

  function pulse(): Pulse {
    const lives = new Map<number, Life>();
    for (const [number, { since, until }] of seen) {
      lives.set(number, { unchangedFor: Math.max(0, until - since), gone: gone.has(number) });
    }
    return lives;
  }

  async function ask(ticket: WrittenTicket, holder: Holder, signal: AbortSignal): Promise<void> {
    const { number } = ticket;
    const now = context.clock.elapsed();
    const last = asked.get(number);
    if (gone.has(number) || (last !== undefined && now - last < renewEvery(ticket.lease))) return;
    asked.set(number, now);
    if (ticket.left !== undefined || (await isGone(context, holder, signal))) gone.add(number);
  }

  return { note, pulse, ask };
}

async function isGone(
  { host, forge }: Context,
  { run, process }: Holder,
  signal: AbortSignal,
): Promise<boolean> {
  if (process && (await host.hasEnded(process))) return true;
  if (!run || !forge || !isWorkflowRun(run)) return false;
  try {
    return (await forge.runState(run, signal)) === 'finished';
  } catch {
    // Then the full lease is waited, as where nobody can be asked.
    signal.throwIfAborted();
    return false;
  }
}
