import { InputError, type Problem } from '@passmuster/core/errors.ts';
import { parseDocument } from '@passmuster/core/manifest/document.ts';
import type { DigestedFile } from '@passmuster/core/manifest/entry.ts';
import { rootDigest } from '@passmuster/core/manifest/root.ts';
import { found, quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { decodeUtf8 } from '@passmuster/core/utf8.ts';
import { VERSION_TAG } from '@passmuster/core/versions/identifier.ts';
import { DIGEST_TAG, type SealedName } from '@passmuster/core/versions/sealed.ts';

/** Room for 100,000 entries with long names. */
const MOST_MANIFEST_BYTES = 32 * 1024 * 1024;

const HINT =
  'Find out who has changed it. `verify` tells whether the files themselves are those that were registered; a version that is in doubt is registered anew under the next name.';

const problem = ({ number }: ModelVersion, what: string): Problem => ({
  message: `Number ${quotable(number)} is not what was registered any more: ${what}.`,
  hint: HINT,
});

/** The root digest that a stored manifest gives; why it gives none. */
async function storedDigest(
  registry: Pick<Registry, 'readArtifact'>,
  uri: string,
  signal: AbortSignal,
): Promise<{ readonly digest: string } | { readonly why: string }> {
  const bytes = await registry.readArtifact(uri, MOST_MANIFEST_BYTES, { signal });
  if (bytes === undefined) return { why: `its manifest ${quotable(uri, 200)} is gone` };
  try {
    const { entries } = parseDocument(decodeUtf8(bytes, uri), uri);
    // In a manifest of ours each file has its size and its SHA-256.
    return { digest: rootDigest(entries as readonly DigestedFile[]) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return {
      why: `its manifest ${quotable(uri, 200)} cannot be read: ${error.message.replace(/\.$/, '')}`,
    };
  }
}

/**
 * Whether what `register` sealed of a version still stands: its tags and its stored manifest say the same. No
 * file of the model is fetched. Nothing where nothing was sealed, or where all of it stands.
 */
export async function digestProblem(
  registry: Pick<Registry, 'readArtifact'>,
  version: ModelVersion,
  names: ReadonlyMap<string, SealedName>,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  const sealed = [...names.values()].find(({ number }) => number === version.number);
  if (sealed === undefined) return undefined;
  const { identifier, digest, ticket } = sealed;
  const name = version.tags.get(VERSION_TAG);
  if (name !== identifier) {
    return problem(
      version,
      `it was sealed as ${quotable(identifier)}, and its tag says ${found(name ?? '')}`,
    );
  }
  if (digest === undefined) return undefined;
  const tagged = version.tags.get(DIGEST_TAG);
  if (tagged !== digest) {
    return problem(
      version,
      `its files were sealed as ${digest}, and its tag says ${found(tagged ?? '')}`,
    );
  }
  const manifest = ticket.record?.['manifest'];
  if (typeof manifest !== 'string') return undefined;
  const stored = await storedDigest(registry, manifest, signal);
  if ('why' in stored) return problem(version, stored.why);
  if (stored.digest === digest) return undefined;
  return problem(
    version,
    `its manifest gives the root digest ${stored.digest}, and ${digest} was sealed`,
  );
}
