import { PassmusterError } from '../errors.ts';
import type { Ledger, Ticket, Whole } from '../ledger/ledger.ts';
import { unsettled } from '../promotions/problems.ts';
import type { ModelVersion } from '../registry/entities.ts';
import { VERSION_TAG } from './identifier.ts';
import type { SealedAs } from './look-up.ts';

/** The tag of a version that holds the root digest of its files. */
export const DIGEST_TAG = 'passmuster.digest';

/** The mark of a ticket of `register`: the identifier that it is about. */
const VERSION_MARK = 'version';

/** What a ticket of `register` sealed: the only authority on what an identifier means. */
export interface SealedName {
  readonly identifier: string;
  /** The registry's number of the version. */
  readonly number: string;
  /** The root digest of its files, where they were hashed. */
  readonly digest?: string;
  /** The ticket that says so. */
  readonly ticket: Ticket;
}

/** What a ticket about that identifier is found by. */
export const marksOf = (identifier: string): ReadonlyMap<string, string> =>
  new Map([[VERSION_MARK, identifier]]);

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

function sealedBy(ticket: Ticket, identifier: string): SealedName | undefined {
  const isOfName = ticket.queue === 'names' && ticket.marks.get(VERSION_MARK) === identifier;
  if (!isOfName || ticket.outcome !== 'done') return undefined;
  const number = textOf(ticket.result?.['number']);
  const digest = textOf(ticket.record?.['digest']);
  if (number === undefined) return undefined;
  return { identifier, number, ...(digest !== undefined && { digest }), ticket };
}

/** What an identifier means, if `register` ever sealed it; the first seal counts. */
export type Meaning = (identifier: string) => Promise<SealedName | undefined>;

/** Asks for one name at a time, which is little where only one matters. */
export const askedFor =
  (ledger: Ledger, signal: AbortSignal): Meaning =>
  async (identifier) => {
    for (const ticket of await ledger.find(marksOf(identifier), signal)) {
      const sealed = sealedBy(ticket, identifier);
      if (sealed) return sealed;
    }
    return undefined;
  };

/** Asks nobody any more. */
export const listedIn =
  (names: ReadonlyMap<string, SealedName>): Meaning =>
  async (identifier) =>
    names.get(identifier);

/** All names that were ever sealed; a ledger with a gap or an edit that nobody accepted says nothing. */
export function namesIn(whole: Whole): ReadonlyMap<string, SealedName> {
  const problems = unsettled(whole, whole.history('names'));
  if (problems.length > 0) throw new PassmusterError('conflict', problems);
  return readableNames(whole);
}

/** As much of that as can be read, whatever is wrong with the rest. */
export function readableNames(whole: Whole): ReadonlyMap<string, SealedName> {
  const { sealed } = whole.history('names');
  const names = new Map<string, SealedName>();
  for (const ticket of sealed) {
    const identifier = ticket.marks.get(VERSION_MARK) ?? '';
    const name = sealedBy(ticket, identifier);
    // The first seal counts.
    if (name && !names.has(identifier)) names.set(identifier, name);
  }
  return names;
}

/** The seal of a version, as far as it gives the version's name to that very version. */
export async function sealOf(
  meaning: Meaning,
  { number, tags }: ModelVersion,
): Promise<SealedName | undefined> {
  const identifier = tags.get(VERSION_TAG);
  const sealed = identifier === undefined ? undefined : await meaning(identifier);
  return sealed?.number === number ? sealed : undefined;
}

/** Whether what stands on a version is what its ticket sealed. */
export const sealedAs =
  (meaning: Meaning): SealedAs =>
  async (version) => {
    const sealed = await meaning(version.tags.get(VERSION_TAG) ?? '');
    if (sealed === undefined) return 'unsealed';
    const same = sealed.number === version.number;
    return same && sealed.digest === version.tags.get(DIGEST_TAG) ? 'agrees' : 'disagrees';
  };
