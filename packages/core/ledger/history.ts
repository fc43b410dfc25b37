import { PassmusterError, type Problem } from '../errors.ts';
import type { ModelVersion } from '../registry/entities.ts';
import { checkChain } from './chain.ts';
import { type Context, insist } from './context.ts';
import { decode } from './decode.ts';
import { inChain } from './last.ts';
import type { Chain, History, Seal, Ticket, Whole } from './ledger.ts';
import { collect, markOf, openTickets } from './look.ts';
import { asciiJson, sha256 } from './parts.ts';
import { outcomeOf } from './protocol/view.ts';
import { TAG } from './tags.ts';
import { ticketOf } from './ticket.ts';
import { readWritten, type Written, type WrittenView } from './written.ts';

/** What a version says, but for what its holder goes on changing. */
const digestOf = ({ number, tags }: ModelVersion): string =>
  sha256(asciiJson([number, [...tags].filter(([tag]) => tag !== TAG.renewed).sort()]));

/** All that can be read; what cannot is a problem that the rest does not suffer from, with a mark of what was read. */
function attempt<Value>(
  problems: Problem[],
  read: () => Value,
  of: () => readonly (ModelVersion | undefined)[],
): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PassmusterError)) throw error;
    const mark = of()
      .map((version) => version && digestOf(version))
      .join(' ');
    problems.push(...error.problems.map((problem) => ({ ...problem, mark })));
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

/** Everything that could be read, and what could not. */
interface Entries {
  readonly name: string;
  readonly view: WrittenView;
  readonly entries: readonly Written[];
  readonly versions: ReadonlyMap<number, ModelVersion>;
  readonly problems: readonly Problem[];
}

/** Of one chain, oldest first. */
function historyOf(
  { name, view, versions, problems: before }: Entries,
  chain: Chain,
  witnesses: readonly Seal[],
): History {
  const problems = [...before];
  const sealed: Ticket[] = [];
  for (const ticket of view.tickets.values()) {
    if (!inChain(chain, ticket) || !isSealed(view, ticket.number)) continue;
    const { number } = ticket;
    const read = attempt(
      problems,
      () => ticketOf(name, view, ticket),
      // Its end may be what another one has answered.
      () => [versions.get(number), versions.get(view.answers.get(number)?.number ?? 0)],
    );
    if (read) sealed.push(read);
  }
  return { sealed, problems: [...problems, ...checkChain(sealed, witnesses)] };
}

function environmentsIn({ view }: Entries): string[] {
  const moves = [...view.tickets.values()].filter(({ queue }) => queue === 'moves');
  return [...new Set(moves.map(({ environment }) => environment))];
}

/** Reads the whole ledger, oldest first, so that what comes meanwhile is at the end. */
export async function whole(context: Context, signal: AbortSignal): Promise<Whole> {
  const { registry, name } = context;
  const problems: Problem[] = [];
  const versions = await insist(context, signal, (call) => {
    // Many pages: bounded by the signal alone.
    const { signal: only } = call;
    return collect(registry.versions({ model: name, order: 'oldest' }, only && { signal: only }));
  });
  problems.push(...gaps(versions.map(({ number }) => Number(number))));
  const entries = versions.flatMap((version): Written[] => {
    const entry = attempt(
      problems,
      () => decode(version),
      () => [version],
    );
    return entry === undefined ? [] : [entry];
  });
  const numbered = new Map(versions.map((version) => [Number(version.number), version]));
  const view = readWritten(entries);
  const all: Entries = { name, view, entries, versions: numbered, problems };
  const newest = Number(versions.at(-1)?.number ?? 0);
  const open =
    attempt(
      problems,
      () => openTickets(name, view),
      () => versions,
    ) ?? [];
  return {
    open,
    mark: `${newest} ${markOf(entries)}`,
    newest,
    environments: environmentsIn(all),
    history: (chain, witnesses = []) => historyOf(all, chain, witnesses),
  };
}
