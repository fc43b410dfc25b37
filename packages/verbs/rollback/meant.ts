import { InputError } from '@passmuster/core/errors.ts';
import { spellsOf } from '@passmuster/core/promotions/live.ts';
import type { Party } from '@passmuster/core/promotions/record.ts';
import { resolveSelector } from '@passmuster/core/versions/resolve.ts';
import { listedIn, sealedAs } from '@passmuster/core/versions/sealed.ts';
import { parseSelector, type Reading } from '@passmuster/core/versions/selector.ts';
import type { Seen, SeenThere } from '../moving/look.ts';

const ALWAYS_THE_SAME: readonly Reading['kind'][] = ['identifier', 'number', 'run'];

/** Whether a selector means the same version whenever it is asked for. */
export function isFixed(selector: string): boolean {
  const readings = parseSelector(selector);
  return !('refused' in readings) && readings.every(({ kind }) => ALWAYS_THE_SAME.includes(kind));
}

function isMeant({ number, version }: Party, reading: Reading): boolean {
  if (reading.kind === 'number') return reading.number === number;
  return reading.kind === 'identifier' && reading.identifier === version;
}

/** One that has been deleted is still known to the history. */
function goneOne(selector: string, { history }: SeenThere): string | undefined {
  const readings = parseSelector(selector);
  if ('refused' in readings) return undefined;
  const parties = spellsOf(history.sealed).map(({ party }) => party);
  return parties.findLast((party) => readings.some((one) => isMeant(party, one)))?.number;
}

/** The number that a selector means; also of a version that the environment had and that was deleted. */
export async function numberMeant(
  name: 'from' | 'to',
  selector: string,
  {
    model,
    seen,
    there,
  }: { readonly model: string; readonly seen: Seen; readonly there: SeenThere },
  signal: AbortSignal,
): Promise<string> {
  const { registry } = seen.remembered;
  const looked = { registry, model, sealedAs: sealedAs(listedIn(seen.names)), call: { signal } };
  try {
    return (await resolveSelector(looked, selector)).number;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const gone = goneOne(selector, there);
    if (gone !== undefined) return gone;
    const [first, ...more] = error.problems;
    if (first === undefined) throw error;
    // The same sentences serve both selectors; which of the two it is must be said.
    const named = { ...first, message: `\`${name}\`: ${first.message}` };
    throw new InputError([named, ...more], { cause: error });
  }
}
