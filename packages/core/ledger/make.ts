import { InputError } from '../errors.ts';
import { quotable } from '../quote.ts';
import type { RegisteredModel } from '../registry/entities.ts';
import { RegistryError } from '../registry/error.ts';
import {
  type Context,
  insist,
  isPassing,
  isUnreachable,
  patience,
  pause,
  requestBound,
} from './context.ts';
import { isLedger } from './name.ts';
import { FORMAT, LEDGER_TAG } from './tags.ts';
import { explained, fileStore, noLedgerHere, notALedger } from './words.ts';

/** The ledger, when it is there and is one. */
export async function findLedger(
  context: Context,
  signal: AbortSignal,
): Promise<RegisteredModel | undefined> {
  const { registry, name, model } = context;
  if (isLedger(model)) {
    throw new InputError(`"${quotable(model)}" is a ledger, and no ledger is kept of those.`);
  }
  const found = await insist(context, signal, (call) => registry.model(name, call));
  if (found === undefined) return undefined;
  const format = found.tags.get(LEDGER_TAG.format);
  if (format === undefined || found.tags.get(LEDGER_TAG.model) !== model) {
    throw notALedger(name, `is not the ledger of "${quotable(model)}"`);
  }
  if (format !== FORMAT) {
    throw notALedger(name, `is a ledger of format ${quotable(format)}; this reads ${FORMAT}`);
  }
  return found;
}

/** Says why, where the server cannot keep a ledger. */
export async function refuseWithoutMeans(context: Context, signal: AbortSignal): Promise<void> {
  const { registry, model } = context;
  const needs = [
    ['version-search', 'search for versions'],
    ['tags', 'tags on versions'],
  ] as const;
  for (const [feature, lacks] of needs) {
    const has = await insist(context, signal, (call) => registry.has(feature, model, call));
    if (!has) throw noLedgerHere(registry.address, lacks);
  }
}

/**
 * MLflow 2.x on a folder of files numbers versions twice when two come at once, and so is no lock. Only
 * that store refuses to look for a name with `%`; on a database there is just no such model.
 */
async function refuseFileStore(context: Context, signal: AbortSignal): Promise<void> {
  const { registry } = context;
  try {
    await insist(context, signal, (call) => registry.model('passmuster.%', call));
  } catch (error) {
    if (!(error instanceof RegistryError) || error.failure.reason !== 'refused') throw error;
    if (error.message.includes("'%' character")) throw fileStore(registry.address);
  }
}

const mayBeThere = (error: unknown): boolean =>
  (isPassing(error) && !isUnreachable(error)) ||
  (error instanceof RegistryError && error.failure.reason === 'exists');

/** The ledger, made when it is missing; of several who make it at once, one does. */
export async function makeLedger(context: Context, signal: AbortSignal): Promise<RegisteredModel> {
  const { registry, name, model, lease } = context;
  const mayGoOn = patience(context);
  for (let tries = 0; ; tries++) {
    const found = await findLedger(context, signal);
    if (found) return found;
    if (tries === 0) await refuseWithoutMeans(context, signal);
    if (tries === 0) await refuseFileStore(context, signal);
    const tags = new Map([
      [LEDGER_TAG.format, FORMAT],
      [LEDGER_TAG.model, model],
    ]);
    const description =
      `The ledger of ${model}: each version is a ticket or a record of Passmuster, ` +
      'and says who moved what when. Do not delete or edit it.';
    try {
      const call = { within: requestBound(lease), signal };
      return await registry.createModel({ name, description, tags }, call);
    } catch (error) {
      if (!mayBeThere(error) || !mayGoOn()) throw explained(context, error);
    }
    await pause(context, tries, signal);
  }
}
