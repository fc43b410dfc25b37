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

/** The last ticket of a chain that was more than void; `snapshot` holds the claims and answers on it. */
export function lastSealed(
  context: Context,
  chain: Chain,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<Ticket | undefined> {
  const { registry, name } = context;
  return insist(context, signal, async (call) => {
    const query = { model: name, tags: tagsOf(chain), order: 'newest' as const };
    for await (const version of registry.versions(query, call)) {
      const ticket = decode(version);
      if (ticket.kind !== 'ticket' || !inChain(chain, ticket)) continue;
      const view = readWritten([...snapshot.entries.filter(isOther(ticket)), ticket]);
      const outcome = outcomeOf(view, ticket.number);
      if (outcome !== undefined && outcome !== 'void') return ticketOf(name, view, ticket);
    }
    return undefined;
  });
}

const isOther =
  ({ number }: WrittenTicket) =>
  (entry: { readonly number: number }): boolean =>
    entry.number !== number;
