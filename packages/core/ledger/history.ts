import { PassmusterError, type Problem } from '../errors.ts';
import { checkChain } from './chain.ts';
import { type Context, insist } from './context.ts';
import { decode } from './decode.ts';
import { inChain } from './last.ts';
import type { Chain, History, Seal, Ticket } from './ledger.ts';
import { collect } from './look.ts';
import { outcomeOf } from './protocol/view.ts';
import { ticketOf } from './ticket.ts';
import { readWritten, type Written, type WrittenView } from './written.ts';

/** All that can be read; what cannot is a problem that the rest does not suffer from. */
function attempt<Value>(problems: Problem[], read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PassmusterError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/** Versions are numbered without a gap, and never deleted by us. */
function gaps(numbers: readonly number[]): Problem[] {
  const problems: Problem[] = [];
  let expected = 1;
  for (const number of numbers) {
    if (number > expected) {
      const last = number - 1;
      const which = expected === last ? `Version ${last}` : `Versions ${expected} to ${last}`;
      problems.push({
        message: `${which} of the ledger ${expected === last ? 'is' : 'are'} gone.`,
        hint: 'Nothing of ours deletes them: somebody has, by hand.',
      });
    }
    expected = number + 1;
  }
  return problems;
}

const isSealed = (view: WrittenView, number: number): boolean => {
  const outcome = outcomeOf(view, number);
  return outcome !== undefined && outcome !== 'void';
};

/** Reads the whole ledger, oldest first, so that what comes meanwhile is at the end. */
export async function history(
  context: Context,
  chain: Chain,
  witnesses: readonly Seal[],
  signal: AbortSignal,
): Promise<History> {
  const { registry, name } = context;
  const problems: Problem[] = [];
  const versions = await insist(context, signal, (call) => {
    // Many pages: bounded by the signal alone.
    const { signal: only } = call;
    return collect(registry.versions({ model: name, order: 'oldest' }, only && { signal: only }));
  });
  problems.push(...gaps(versions.map(({ number }) => Number(number))));
  const entries = versions.flatMap((version): Written[] => {
    const entry = attempt(problems, () => decode(version));
    return entry === undefined ? [] : [entry];
  });
  const view = readWritten(entries);
  const sealed: Ticket[] = [];
  for (const ticket of view.tickets.values()) {
    if (!inChain(chain, ticket) || !isSealed(view, ticket.number)) continue;
    const read = attempt(problems, () => ticketOf(name, view, ticket));
    if (read) sealed.push(read);
  }
  return { sealed, problems: [...problems, ...checkChain(sealed, witnesses)] };
}
