import { PassmusterError } from '../errors.ts';
import type { ModelVersion } from '../registry/entities.ts';
import { type Context, insist } from './context.ts';
import { decode } from './decode.ts';
import type { Chain, Ticket } from './ledger.ts';
import type { Snapshot } from './look.ts';
import { outcomeOf } from './protocol/view.ts';
import { TAG } from './tags.ts';
import { ticketOf } from './ticket.ts';
import { readWritten, type WrittenTicket } from './written.ts';

export const inChain = (chain: Chain, { queue, environment }: WrittenTicket): boolean =>
  chain === 'names' ? queue === 'names' : queue === 'moves' && environment === chain.environment;

const tagsOf = (chain: Chain): ReadonlyMap<string, string> =>
  new Map(
    chain === 'names'
      ? [[TAG.queue, 'names']]
      : [
          [TAG.queue, 'moves'],
          [TAG.environment, chain.environment],
        ],
  );

/** The version as a ticket of the chain that was more than void. */
function sealedIn(
  { name }: Context,
  chain: Chain,
  { entries }: Snapshot,
  version: ModelVersion,
): Ticket | undefined {
  const ticket = decode(version);
  if (ticket.kind !== 'ticket' || !inChain(chain, ticket)) return undefined;
  const view = readWritten([...entries.filter(isOther(ticket)), ticket]);
  const outcome = outcomeOf(view, ticket.number);
  return outcome === undefined || outcome === 'void' ? undefined : ticketOf(name, view, ticket);
}

/** One that was edited is passed over. */
function readableIn(...sought: Parameters<typeof sealedIn>): Ticket | undefined {
  try {
    return sealedIn(...sought);
  } catch (error) {
    if (error instanceof PassmusterError && error.kind === 'conflict') return undefined;
    throw error;
  }
}

/**
 * The last ticket of a chain that was more than void; `snapshot` holds the claims and answers on it. One that
 * was edited is a conflict for whoever decides by it.
 */
export function lastSealed(
  context: Context,
  chain: Chain,
  snapshot: Snapshot,
  signal: AbortSignal,
  read = sealedIn,
): Promise<Ticket | undefined> {
  const { registry, name } = context;
  return insist(context, signal, async (call) => {
    const query = { model: name, tags: tagsOf(chain), order: 'newest' as const };
    for await (const version of registry.versions(query, call)) {
      const ticket = read(context, chain, snapshot, version);
      if (ticket) return ticket;
    }
    return undefined;
  });
}

/**
 * The one that the next record links to: whoever moves something has read the whole ledger, and goes on past
 * an edited ticket only where somebody has settled that.
 */
export const lastReadable = (
  context: Context,
  chain: Chain,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<Ticket | undefined> => lastSealed(context, chain, snapshot, signal, readableIn);

const isOther =
  ({ number }: WrittenTicket) =>
  (entry: { readonly number: number }): boolean =>
    entry.number !== number;
