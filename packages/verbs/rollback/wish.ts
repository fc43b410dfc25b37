import { InputError, PassmusterError, type Problem } from '@passmuster/core/errors.ts';
import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import { moveOf } from '@passmuster/core/promotions/record.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Seen, SeenThere } from '../moving/look.ts';
import type { Place } from '../moving/place.ts';
import { begun } from '../moving/quiet.ts';
import { ticketMarks } from '../moving/ticket-marks.ts';
import type { Inputs } from './inputs.ts';
import { isFixed, numberMeant } from './meant.ts';

/** What is to be taken out and, where that was said, what is to be put back: numbers of the registry. */
export interface Wish {
  /** Absent where nothing is live that could be taken out. */
  readonly from?: string;
  readonly to?: string;
}

/** The same for the same wish, whoever has it. */
export const intentOf = (environment: string, { from = '', to = '' }: Wish): string =>
  `rollback ${environment} from ${from} to ${to}`;

/** With the version to take out, or that there is none, so that a later attempt of the run takes out no other. */
export const marksOf = (place: Place, { from = '' }: Wish): Map<string, string> =>
  new Map([...ticketMarks('rollback', place.ports.host), ['from', from]]);

interface At {
  readonly seen: Seen;
  readonly there: SeenThere;
}

/** What an earlier attempt of this run was to take out; nothing where there was none. */
async function ofThisRun({
  ledger,
  environment,
  ports,
}: Place): Promise<Pick<Wish, 'from'> | undefined> {
  const marks = ticketMarks('rollback', ports.host);
  if (!marks.has('run')) return undefined;
  const tickets = await ledger.find(marks, ports.signal);
  const last = tickets.findLast(
    ({ queue, environment: of }) => queue === 'moves' && of === environment.name,
  );
  const from = last?.marks.get('from');
  return last && (from ? { from } : {});
}

/** What a move that is under way takes the environment to; of a rollback, what it takes out. */
function underWayTo(ticket: Ticket): string | undefined {
  const move = moveOf(ticket);
  // Two who press at once want one version out, not two.
  return move?.verb === 'rollback' ? move.from?.number : move?.to?.number;
}

/** What is live at this moment, or is about to be; else what the ledger says. */
function live({ environment }: Place, { seen, there }: At): string | undefined {
  const ticket = begun(seen).findLast((one) => one.environment === environment.name);
  const coming = ticket && underWayTo(ticket);
  if (coming !== undefined) return coming;
  const { standing, recorded } = there;
  if (standing.kind === 'version') return standing.version.number;
  if (standing.kind === 'none' || recorded?.party) return recorded?.party?.number;
  const { says, hint } = standing;
  const message = `Which version is live in "${quotable(environment.name)}" cannot be told: ${says}.`;
  throw new PassmusterError('conflict', [{ message, hint }]);
}

async function fromOf(
  place: Place,
  { from }: Inputs,
  meant: (name: 'from', selector: string) => Promise<string>,
  at: At,
): Promise<string | undefined> {
  if (from !== undefined && isFixed(from)) return meant('from', from);
  const before = await ofThisRun(place);
  if (before !== undefined) return before.from;
  return from === undefined ? live(place, at) : meant('from', from);
}

/** Both, or all that is wrong with them. */
async function bothOf<First, Second>(
  first: () => Promise<First>,
  second: () => Promise<Second>,
): Promise<[First, Second]> {
  const problems: Problem[] = [];
  const noted = (error: unknown): undefined => {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems);
  };
  const both = [await first().catch(noted), await second().catch(noted)];
  if (problems.length > 0) throw new InputError(problems);
  return both as [First, Second];
}

/** What is wanted, as it was meant when the command was given: before anybody is waited for. */
export async function wishOf(place: Place, inputs: Inputs, at: At): Promise<Wish> {
  const { model, ports } = place;
  const meant = (name: 'from' | 'to', selector: string) =>
    numberMeant(name, selector, { model, ...at }, ports.signal);
  const [from, to] = await bothOf(
    () => fromOf(place, inputs, meant, at),
    async () => (inputs.to === undefined ? undefined : meant('to', inputs.to)),
  );
  if (from !== undefined && from === to) {
    throw new InputError([
      {
        message: `\`to\` is number ${quotable(to)}, the very version that is to be taken out.`,
        hint: 'Name an earlier one, or leave `to` out for the last good one.',
      },
    ]);
  }
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
