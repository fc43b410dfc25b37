import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Ledger, Whole } from '@passmuster/core/ledger/ledger.ts';
import { isUnsupported } from '@passmuster/core/registry/error.ts';
import { listedIn, type Meaning, namesIn } from '@passmuster/core/versions/sealed.ts';

/** What the ledger says of the names of a model, and of what was moved. */
interface Seals {
  readonly meaning: Meaning;
  /** Absent where there is none that can be gone by. */
  readonly whole?: Whole;
  /** Why nothing counts as sealed, where the ledger cannot be gone by. */
  readonly remarks: readonly string[];
}

/** Judging needs no ledger: where there is none, or none that holds, nothing is sealed. */
export async function sealsOf(ledger: Ledger, signal: AbortSignal): Promise<Seals> {
  try {
    const whole = await ledger.whole(signal);
    return { meaning: listedIn(namesIn(whole)), whole, remarks: [] };
  } catch (error) {
    const nothing = listedIn(new Map());
    if (isUnsupported(error)) return { meaning: nothing, remarks: [] };
    if (!(error instanceof PassmusterError) || error.kind !== 'conflict') throw error;
    const remark = `Nothing counts as sealed, for the ledger has a gap or an edit: ${error.message}`;
    return { meaning: nothing, remarks: [remark] };
  }
}
