import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Held, Ticket } from '@passmuster/core/ledger/ledger.ts';
import { heldBy } from '@passmuster/core/ledger/words.ts';
import { moveOf } from '@passmuster/core/promotions/record.ts';
import { marksOf } from '@passmuster/core/promotions/registry-places.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { type Glance, sayTheSame, thereIn, underWay } from '../moving/look.ts';
import { partyOf, partyText } from '../moving/party.ts';
import type { Place } from '../moving/place.ts';
import type { Considered } from './considered.ts';
import type { Job } from './job.ts';

/** The numbers that the environment may have once it is our turn, the likeliest first; empty where it has none. */
export type Believed = readonly string[] | undefined;

/** A move under way either comes about or is put back, by its own run or by us. */
const eitherEnd = (ahead: Ticket): string[] => {
  const { from, to } = moveOf(ahead) ?? {};
  return [to?.number ?? '', from?.number ?? ''];
};

/**
 * While a move with a record is under way to our environment, what comes of it is what we come upon; it is
 * not known where what is there cannot be told.
 */
export function expected({ environment }: Job, seen: Glance): Believed {
  const ahead = underWay(seen).findLast(
    (one) => one.environment === environment.name && one.record,
  );
  if (ahead) return eitherEnd(ahead);
  const { standing } = thereIn(seen, environment);
  if (standing.kind === 'unclear') return undefined;
  return [standing.kind === 'version' ? standing.version.number : ''];
}

/**
 * Whether nothing at all came between a look and our turn: then all that was found out by it is so. The numbers
 * of a ledger have no gap, so that ours tells, as long as nothing was open that could end without a new one.
 */
export async function nothingCame(
  { registry, model, ports: { signal } }: Pick<Place, 'registry' | 'model' | 'ports'>,
  { number }: Pick<Held, 'number'>,
  { seen: { whole, marks } }: { readonly seen: Pick<Considered['seen'], 'whole' | 'marks'> },
): Promise<boolean> {
  if (whole.open.length > 0 || Number(number) !== whole.newest + 1) return false;
  return sayTheSame(marks, await marksOf(registry, model, { signal }));
}

/** Whoever waited for somebody else's move has planned against what is there no more. */
export function refuseMoved(job: Job, now: Considered, believed: Believed): void {
  const is = now.from?.number ?? '';
  if (believed === undefined || believed.includes(is) || now.standing.kind === 'unclear') return;
  const last = now.there.history.sealed.at(-1);
  const by = last ? ` by ${heldBy(last)}` : '';
  const versions = now.seen.marks.versions;
  const was = versions.find(({ number }) => number === believed[0]);
  const shown = was ? partyText(partyOf(was, now.seen.names)) : 'no version';
  const has = now.from ? partyText(now.from) : 'no version';
  throw new PassmusterError('conflict', [
    {
      message: `${quotable(job.environment.name)} was moved while this run waited: it had ${shown}, and has ${has} now${by}.`,
      hint: 'Nothing was changed by this run. If the version is still to be promoted, run it again: it is judged against what is there now.',
    },
  ]);
}
