import type { ModelVersion } from '../registry/entities.ts';
import { isUnsupported, RegistryError } from '../registry/error.ts';
import type { Call, Registry, VersionQuery } from '../registry/registry.ts';
import { VERSION_TAG } from './identifier.ts';
import { byNumber, isCounted } from './registry-number.ts';
import type { Reading } from './selector.ts';

/** Whether the identifier in a version's tags is that of its sealed ticket in the ledger. */
export type Sealed = 'agrees' | 'disagrees' | 'unsealed';

export type SealedAs = (version: ModelVersion) => Promise<Sealed>;

/** The model whose versions are looked at, and what is asked about them. */
export interface Looked {
  readonly registry: Pick<
    Registry,
    'address' | 'has' | 'model' | 'models' | 'version' | 'versions' | 'aliased'
  >;
  readonly model: string;
  readonly sealedAs: SealedAs;
  readonly call?: Call;
}

/** What one reading of a selector came to. */
export type Found =
  | { readonly kind: 'one'; readonly version: ModelVersion }
  | { readonly kind: 'several'; readonly versions: readonly ModelVersion[] }
  /** Tagged with the name, but without a ticket that gives it to them. */
  | { readonly kind: 'unproven'; readonly versions: readonly (readonly [ModelVersion, Sealed])[] }
  | { readonly kind: 'none' }
  /** The server has nothing of that kind. */
  | { readonly kind: 'lacking' };

const NONE: Found = { kind: 'none' };

const oneOf = (versions: readonly ModelVersion[]): Found => {
  const [version, ...more] = versions;
  if (version === undefined) return NONE;
  return more.length === 0 ? { kind: 'one', version } : { kind: 'several', versions };
};

/** What the server sends is held against the question: not every server knows every filter. */
async function matching(
  { registry, model, call }: Looked,
  query: VersionQuery,
  matches: (version: ModelVersion) => boolean,
): Promise<ModelVersion[]> {
  const versions: ModelVersion[] = [];
  for await (const version of registry.versions({ ...query, model }, call)) {
    if (version.model === model && matches(version)) versions.push(version);
  }
  return versions;
}

async function named(looked: Looked, identifier: string): Promise<Found> {
  const tags = new Map([[VERSION_TAG, identifier]]);
  const versions = await matching(
    looked,
    { tags },
    (version) => version.tags.get(VERSION_TAG) === identifier,
  );
  const sealed: (readonly [ModelVersion, Sealed])[] = [];
  for (const version of versions) sealed.push([version, await looked.sealedAs(version)]);
  const proven = sealed.filter(([, seal]) => seal === 'agrees').map(([version]) => version);
  if (proven.length > 0 || sealed.length === 0) return oneOf(proven);
  return { kind: 'unproven', versions: sealed };
}

async function numbered({ registry, model, call }: Looked, number: string): Promise<Found> {
  try {
    const version = await registry.version(model, number, call);
    return version === undefined ? NONE : { kind: 'one', version };
  } catch (error) {
    // A server that counts its versions refuses to look for another text.
    if (
      !isCounted(number) &&
      error instanceof RegistryError &&
      error.failure.reason === 'refused'
    ) {
      return NONE;
    }
    throw error;
  }
}

async function latest(looked: Looked): Promise<Found> {
  const newest = await matching(looked, { order: 'newest', most: 1 }, () => true);
  if (newest.every(({ number }) => isCounted(number))) return oneOf(newest);
  // Where numbers are no counts, servers differ in what comes last.
  const all = await matching(looked, {}, () => true);
  return oneOf(all.toSorted((a, b) => byNumber(b.number, a.number)).slice(0, 1));
}

async function find(looked: Looked, reading: Reading): Promise<Found> {
  switch (reading.kind) {
    case 'identifier':
      return named(looked, reading.identifier);
    case 'number':
      return numbered(looked, reading.number);
    case 'alias': {
      const version = await looked.registry.aliased(looked.model, reading.alias, looked.call);
      return version === undefined ? NONE : { kind: 'one', version };
    }
    case 'stage':
      return oneOf(await matching(looked, {}, ({ stage }) => stage === reading.stage));
    case 'run':
      return oneOf(
        await matching(looked, { runId: reading.run }, ({ runId }) => runId === reading.run),
      );
    case 'latest':
      return latest(looked);
  }
}

/** Asks the registry for what one reading means, in as few requests as it takes. */
export async function lookUp(looked: Looked, reading: Reading): Promise<Found> {
  try {
    return await find(looked, reading);
  } catch (error) {
    if (isUnsupported(error)) return { kind: 'lacking' };
    if (error instanceof RegistryError && error.failure.reason === 'missing') return NONE;
    throw error;
  }
}
