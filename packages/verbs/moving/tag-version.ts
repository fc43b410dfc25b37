import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Seal } from '@passmuster/core/ledger/ledger.ts';
import { type Move, moveOf } from '@passmuster/core/promotions/record.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Answered } from './answer-for.ts';
import type { Place } from './place.ts';
import { movedTag, movedText } from './witness.ts';

type Tagging = Pick<Place, 'registry' | 'model' | 'ledger' | 'ports'>;

/** What is only for people to read, and a witness: that it cannot be written undoes nothing. */
async function atBest(
  { ports }: Tagging,
  number: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof PassmusterError)) throw error;
    ports.voice.warn(
      `Everything is sealed, but number ${quotable(number)} could not be tagged with it: ${error.message}`,
    );
  }
}

/** Says on the version which ticket has moved it to an environment. */
export async function tagVersion(
  place: Tagging,
  environment: string,
  { to, who }: Pick<Move, 'to' | 'who'>,
  sealed: () => Promise<Seal | undefined>,
): Promise<void> {
  const { registry, model, ledger } = place;
  const tag = movedTag(environment);
  if (tag === undefined || to === undefined) return;
  await atBest(place, to.number, async () => {
    const seal = await sealed();
    if (seal === undefined) return;
    const text = movedText(ledger.name, seal, who.actor);
    await registry.tagVersion(model, to.number, tag, text);
  });
}

/** The same for what others had left and we have answered for, by the answer that counts. */
export async function tagAnswered(place: Tagging, answered: readonly Answered[]): Promise<void> {
  for (const { ticket, end } of answered) {
    const move = moveOf(ticket);
    if (end.outcome !== 'done' || move === undefined || move.verb === 'deploy') continue;
    const { number, environment } = ticket;
    await tagVersion(place, environment, move, async () => {
      const sealed = await place.ledger.ticket(number, place.ports.signal);
      return sealed?.outcome === 'done' && sealed.digest !== undefined
        ? { number, digest: sealed.digest }
        : undefined;
    });
  }
}
