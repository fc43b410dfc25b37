import type { Ledger, Whole } from '@passmuster/core/ledger/ledger.ts';
import type { Marks } from '@passmuster/core/promotions/marks.ts';
import { isUnsupported, RegistryError } from '@passmuster/core/registry/error.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { together } from '@passmuster/core/together.ts';
import { type Remembered, remember } from '@passmuster/core/versions/remembered.ts';
import type { SeenClusters, Watch } from './cluster/watch.ts';

/** What ledger and registry say of a model. */
export interface Seen {
  /** Absent where the server has no such list; an empty one where there is no ledger. */
  readonly whole: Whole | undefined;
  readonly remembered: Remembered;
  readonly marks: Marks;
  readonly hasAliases: boolean;
  /** Of the environments that have something there, as far as it could be opened. */
  readonly clusters?: SeenClusters;
}

export interface Looking {
  readonly model: string;
  readonly registry: Registry;
  readonly ledger: Ledger;
  /** Whether the server has aliases, asked once for all models. */
  readonly hasAliases: (model: string, signal: AbortSignal) => Promise<boolean>;
  readonly watch: Pick<Watch, 'look'>;
}

/** Nothing where the server cannot list versions: it keeps no ledger either. */
async function ledgerOf({ ledger }: Looking, signal: AbortSignal): Promise<Whole | undefined> {
  try {
    return await ledger.whole(signal);
  } catch (error) {
    if (isUnsupported(error)) return undefined;
    // Some servers say so of a model that is not there, in place of an empty list.
    if (error instanceof RegistryError && error.failure.reason === 'missing') return undefined;
    throw error;
  }
}

type World = Omit<Seen, 'whole'>;

async function registryOf(looking: Looking, signal: AbortSignal): Promise<World> {
  const { model, registry } = looking;
  const remembered = await remember(registry, model, { signal });
  const aliases = remembered.model?.aliases ?? new Map<string, string>();
  const versions = remembered.versions ?? [];
  // Nothing is to be known of a model that is not there.
  const isThere = remembered.model !== undefined;
  const hasAliases = aliases.size > 0 || !isThere || (await looking.hasAliases(model, signal));
  return { remembered, marks: { aliases, versions }, hasAliases };
}

/** What of the cluster another model has seen before may be older than the ledger. */
async function worldOf(
  looking: Looking,
  isNew: boolean,
  signal: AbortSignal,
): Promise<{ readonly world: World; readonly isOld: boolean }> {
  const [registry, { seen: clusters, isOld }] = await together(signal, [
    (either) => registryOf(looking, either),
    (either) => looking.watch.look(isNew, either),
  ]);
  return { world: { ...registry, clusters }, isOld };
}

/** How often it is begun anew because the ledger has changed meanwhile. */
export const MOST_LOOKS = 5;
const PAUSE_MS = 300;

/** What was made of a look, and whether the ledger changed in each of them. */
interface Looked<Made> {
  readonly made: Made;
  /** Of the look before, where all of them were overtaken. */
  readonly earlier?: Made;
}

/**
 * The ledger first, then the world. What agrees and waits for nobody was true when the ledger was read; else
 * the ledger is read again, and where it has changed, all of it was perhaps half of a move: then once more.
 */
export async function lookAround<Made>(
  looking: Looking,
  make: (seen: Seen) => Made,
  isCalm: (made: Made) => boolean,
  pause: (milliseconds: number, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<Looked<Made>> {
  let whole = await ledgerOf(looking, signal);
  let earlier: Made | undefined;
  for (let looks = 1; ; looks++) {
    const { world, isOld } = await worldOf(looking, looks > 1, signal);
    const made = make({ whole, ...world });
    if (isCalm(made)) return { made };
    const after = await ledgerOf(looking, signal);
    if (after?.mark === whole?.mark && !isOld) return { made };
    if (looks === MOST_LOOKS) return { made, ...(earlier !== undefined && { earlier }) };
    [earlier, whole] = [made, after];
    await pause(PAUSE_MS * looks, signal);
  }
}
