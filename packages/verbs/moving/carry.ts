import { type Held, type Seal, Unsealed } from '@passmuster/core/ledger/ledger.ts';
import type { End } from '@passmuster/core/promotions/carry-out.ts';
import { contentOf, type MoveRecord } from '@passmuster/core/promotions/record.ts';
import { type CarriedOut, carriedOut } from './carried-out.ts';
import type { Place } from './place.ts';
import { tagVersion } from './tag-version.ts';

/** What a move came to, once it is sealed. */
export interface Moved extends Pick<CarriedOut, 'end' | 'displaced'> {
  readonly record: MoveRecord;
  readonly seal: Seal;
}

const CAME_TO: Readonly<Record<End['outcome'], string>> = {
  done: 'Everything is where it was to be.',
  'put-back': 'Everything stands as it did before.',
  stopped: 'It was stopped on the way.',
};

/** Seals it; where only the look after the seal has failed, that is a warning. */
async function sealed(
  { ports }: Place,
  { outcome }: End,
  seal: () => Promise<Seal>,
): Promise<Seal> {
  try {
    return await seal();
  } catch (error) {
    if (!(error instanceof Unsealed)) throw error;
    const [first = { message: error.message }] = error.problems;
    if (error.seal === undefined) {
      const message = `${CAME_TO[outcome]} ${first.message}`;
      throw new Unsealed(undefined, { ...first, message }, error);
    }
    ports.voice.warn([first.message, first.hint].filter(Boolean).join(' '));
    return error.seal;
  }
}

/** How the ledger calls a move of which all is there. */
export function doneAs({
  verb,
  traffic,
}: Pick<MoveRecord, 'verb' | 'traffic'>): 'done' | 'settled' | 'canary' {
  if (verb === 'settle') return 'settled';
  return verb === 'deploy' && traffic?.canary !== undefined ? 'canary' : 'done';
}

/** Records a move, carries it out or puts it back, and seals how that ended. */
export async function carry(
  place: Place,
  held: Held,
  record: MoveRecord,
  known?: Parameters<Held['record']>[1],
): Promise<Moved> {
  await held.record(contentOf(record), known);
  const { end, displaced, result } = await carriedOut(place, record.steps, 'ahead', held);
  const outcome = end.outcome === 'done' ? doneAs(record) : end.outcome;
  const seal = await sealed(place, end, () => held.seal(outcome, result));
  if (end.outcome === 'done' && record.verb !== 'deploy') {
    await tagVersion(place, place.environment.name, record, async () => seal);
  }
  return { record, end, seal, displaced };
}
