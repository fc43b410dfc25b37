import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Acting, Answer, Ticket } from '@passmuster/core/ledger/ledger.ts';
import { misfitOf } from '@passmuster/core/promotions/fits.ts';
import { isOfRegistry } from '@passmuster/core/promotions/marks.ts';
import { type Move, moveOf } from '@passmuster/core/promotions/record.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { type CarriedOut, carriedOut } from './carried-out.ts';
import type { Place } from './place.ts';

/** A dead ticket that was answered for. */
export interface Answered extends Pick<CarriedOut, 'end' | 'displaced'> {
  readonly ticket: Ticket;
}

/**
 * Ends what somebody has left: a wish like ours goes on ahead, any other goes back, unless all of it is there
 * already. `answered` is told how that ended.
 */
export const answerFor =
  (
    place: Pick<Place, 'registry' | 'ledger' | 'model' | 'ports' | 'environment'>,
    intent: string,
    answered: (one: Answered) => void,
  ) =>
  async (ticket: Ticket, acting: Acting): Promise<Answer> => {
    const move = moveOf(ticket);
    if (move) await refuseMisfit(place, ticket, move);
    const steps = move?.steps ?? [];
    const other = steps.find((step) => !isOfRegistry(step));
    if (other) throw notOurs(ticket, other.kind);
    const isSame = ticket.environment === place.environment.name && ticket.intent === intent;
    const wish = isSame ? 'ahead' : 'back-unless-there';
    const { end, displaced, result } = await carriedOut(place, steps, wish, acting);
    answered({ ticket, end, displaced });
    return { outcome: end.outcome, result };
  };

/** A ticket is only text in the registry, and what it asks for is carried out with our rights. */
async function refuseMisfit(
  { ledger, ports }: Pick<Place, 'ledger' | 'ports'>,
  ticket: Ticket,
  move: Move,
): Promise<void> {
  const { sealed } = (await ledger.whole(ports.signal)).history({
    environment: ticket.environment,
  });
  const why = misfitOf(ticket, move, sealed);
  if (why === undefined) return;
  throw new PassmusterError('conflict', [
    {
      message: `Ticket ${quotable(ticket.number)} was left open, and none of our runs can have written it as it is: ${quotable(why, 300)}.`,
      hint: `Nothing of it is carried out, and nothing else moves before it is out of the way. If somebody has changed it, put its tags back; else delete version ${quotable(ticket.number)} of the registered model "${quotable(ledger.name)}", then take what is there with \`settle\`.`,
    },
  ]);
}

const notOurs = ({ number }: Ticket, kind: string): PassmusterError =>
  new PassmusterError('conflict', [
    {
      message: `Ticket ${quotable(number)} was left by a run that also changes a ${quotable(kind)}, which cannot be reached from here.`,
      hint: 'Run the verb again that began it; it goes on or puts it back.',
    },
  ]);
