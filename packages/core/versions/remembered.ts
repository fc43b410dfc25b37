import type { ModelVersion, RegisteredModel } from '../registry/entities.ts';
import { isUnsupported } from '../registry/error.ts';
import type { Call, Registry, VersionQuery } from '../registry/registry.ts';
import { together } from '../together.ts';
import type { Looked } from './look-up.ts';
import { byNumber, isCounted } from './registry-number.ts';

/** A model and its versions at one moment, which selectors are then looked up in without asking again. */
export interface Remembered {
  readonly model: RegisteredModel | undefined;
  /** Nothing where the server cannot list them: then it is asked for each. */
  readonly versions: readonly ModelVersion[] | undefined;
  readonly registry: Looked['registry'];
}

async function listed(
  registry: Looked['registry'],
  model: string,
  call: Call,
): Promise<ModelVersion[] | undefined> {
  try {
    return await Array.fromAsync(registry.versions({ model }, call));
  } catch (error) {
    if (isUnsupported(error)) return undefined;
    throw error;
  }
}

async function* matching(
  versions: readonly ModelVersion[],
  { runId, tags, order, most }: VersionQuery,
): AsyncIterable<ModelVersion> {
  const fits = (version: ModelVersion): boolean =>
    (runId === undefined || version.runId === runId) &&
    [...(tags ?? [])].every(([key, value]) => version.tags.get(key) === value);
  const sign = order === 'oldest' ? 1 : -1;
  const sorted = versions.filter(fits).sort((a, b) => sign * byNumber(a.number, b.number));
  yield* sorted.slice(0, most);
}

/** Two questions at once, in place of several one after the other. */
export async function remember(
  registry: Pick<
    Registry,
    'address' | 'has' | 'model' | 'models' | 'version' | 'versions' | 'aliased'
  >,
  name: string,
  call: Call,
): Promise<Remembered> {
  const [model, versions] = await together(call.signal, [
    (signal) => registry.model(name, { ...call, signal }),
    (signal) => listed(registry, name, { ...call, signal }),
  ]);
  if (versions === undefined) return { model, versions, registry };
  // To a server that counts, `01` is a way to write `1`.
  const numbered = (number = '') =>
    versions.find((one) => one.number === number) ??
    versions.find((one) => isCounted(number) && byNumber(one.number, number) === 0);
  return {
    model,
    versions,
    registry: {
      address: registry.address,
      has: (...asked) => registry.has(...asked),
      models: (...asked) => registry.models(...asked),
      model: async () => model,
      version: async (_, number) => numbered(number),
      versions: (query) => matching(versions, query),
      aliased: async (_, alias) => numbered(model?.aliases.get(alias)),
    },
  };
}
