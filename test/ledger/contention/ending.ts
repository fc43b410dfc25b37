import type { LedgerRegistry } from '@passmuster/core/ledger/context.ts';
import { decode } from '@passmuster/core/ledger/decode.ts';
import type { Ledger } from '@passmuster/core/ledger/ledger.ts';
import type { Ending } from './check.ts';
import { ENVIRONMENT, MARKS } from './mover.ts';
import { lookAtWorld } from './world.ts';

const CHAIN = { environment: ENVIRONMENT };

/** Everything there is to read, once nobody moves any more. */
export async function endingOf(
  registry: LedgerRegistry,
  ledger: Ledger,
  model: string,
): Promise<Ending> {
  const { signal } = new AbortController();
  const { sealed, problems } = (await ledger.whole(signal)).history(CHAIN);
  const entries = [];
  for await (const version of registry.versions({ model: ledger.name, order: 'oldest' })) {
    entries.push(decode(version));
  }
  const single = [];
  for (const { kind, number } of entries) {
    const ticket = kind === 'ticket' && (await ledger.ticket(String(number), signal));
    if (ticket) single.push(ticket);
  }
  return {
    entries,
    single,
    found: await ledger.find(MARKS, signal),
    sealed,
    problems: problems.map(({ message }) => message),
    last: await ledger.last(CHAIN, signal),
    places: await lookAtWorld(registry, model),
  };
}
