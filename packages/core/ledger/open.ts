import type { Clock } from '../clock.ts';
import type { Forge } from '../forge.ts';
import type { Host } from '../host.ts';
import { type Context, insist, type LedgerRegistry, pause } from './context.ts';
import { find, findOne } from './find.ts';
import { whole } from './history.ts';
import { lastSealed } from './last.ts';
import type { Chain, Ledger, Look, Ticket } from './ledger.ts';
import { collect, markOf, openTickets, takeSnapshot } from './look.ts';
import { findLedger, refuseWithoutMeans } from './make.ts';
import { ledgerName } from './name.ts';
import { take } from './take.ts';

export { LONGEST_LEASE } from './decode.ts';
export { isLedger } from './name.ts';

export interface Opening {
  readonly registry: LedgerRegistry;
  readonly clock: Clock;
  readonly host: Host;
  readonly forge?: Forge | undefined;
  readonly model: string;
  /** Milliseconds for which our tickets stand without a sign of life. */
  readonly lease: number;
}

export const DEFAULT_LEASE = 120_000;

const NONE: Look = { open: [], mark: 'none' };

/** The ledger of a model. Nothing is asked or written before one of its methods is called. */
export function openLedger(opening: Opening): Ledger {
  const context: Context = { ...opening, name: ledgerName(opening.model), stake: 'none' };
  /** Whoever has seen it need not look for it again before a ticket is taken. */
  let isThere = false;
  return {
    name: context.name,
    possible: (signal) => refuseWithoutMeans(context, signal),
    look: (signal) => look(context, signal),
    lookAround: (read, signal) => lookAround(context, read, signal),
    take: (request, options) => take(context, request, options, isThere),
    ticket: (number, signal) => findOne(context, number, signal),
    find: (marks, signal) => find(context, marks, signal),
    last: (chain, signal) => last(context, chain, signal),
    whole: (signal) => whole(context, signal),
    async created(signal) {
      const found = await findLedger(context, signal);
      isThere = found !== undefined;
      return found?.created;
    },
  };
}

/** The newest number first: whatever is created after that changes it, even if it has ended by then. */
async function look(context: Context, signal: AbortSignal): Promise<Look> {
  const ledger = await findLedger(context, signal);
  if (ledger === undefined) return NONE;
  const { registry, name } = context;
  const query = { model: name, order: 'newest' as const, most: 1 };
  const [newest] = await insist(context, signal, (call) => collect(registry.versions(query, call)));
  const snapshot = await takeSnapshot(context, signal);
  const { created } = ledger;
  return {
    open: openTickets(name, snapshot.view),
    created,
    mark: [created, newest?.number ?? 0, markOf(snapshot.entries)].join(' '),
  };
}

async function lookAround<World>(
  context: Context,
  read: (look: Look) => Promise<World>,
  signal: AbortSignal,
): Promise<{ readonly look: Look; readonly world: World }> {
  let before = await look(context, signal);
  for (let tries = 0; ; tries++) {
    const world = await read(before);
    const after = await look(context, signal);
    if (after.mark === before.mark) return { look: before, world };
    before = after;
    await pause(context, tries, signal);
  }
}

/** Claims and answers on it are read before and after: if none came between, its outcome stands. */
async function last(
  context: Context,
  chain: Chain,
  signal: AbortSignal,
): Promise<Ticket | undefined> {
  for (let tries = 0; ; tries++) {
    const before = await takeSnapshot(context, signal);
    const found = await lastSealed(context, chain, before, signal);
    const after = await takeSnapshot(context, signal);
    if (markOf(before.entries) === markOf(after.entries)) return found;
    await pause(context, tries, signal);
  }
}
