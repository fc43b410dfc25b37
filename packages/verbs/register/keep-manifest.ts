import type { Registry } from '@passmuster/core/registry/registry.ts';
import { MANIFEST } from '../verify/spec.ts';
import type { Wish } from './wish.ts';

const PROXIED = /^mlflow-artifacts:\/(?!\/)/;
const DIGITS = 16;

/** Where the registry keeps the manifest, or why it keeps none. */
export type Keeping = { readonly uri: string } | { readonly none: string };

/** Beside the run's own artifacts; named by the digest, so that it is never another one. */
export async function keepingFor(
  registry: Registry,
  { model, runId, source, hashed }: Wish,
  signal: AbortSignal,
): Promise<Keeping> {
  if (hashed === undefined) return { none: 'no files were hashed' };
  const run = runId ? await registry.run(runId, { signal }) : undefined;
  const root = [run?.artifactUri ?? '', source].find((uri) => PROXIED.test(uri));
  if (root === undefined) {
    if (!runId) return { none: 'no run was named' };
    const where = run ? 'the run’s artifacts are kept elsewhere' : 'the registry knows no such run';
    return { none: where };
  }
  if (!(await registry.has('artifacts', model, { signal }))) {
    return { none: 'the registry hands on no artifacts' };
  }
  const folder = `passmuster/${hashed.digest.replace('sha256:', '').slice(0, DIGITS)}`;
  return { uri: `${root.replace(/\/$/, '')}/${folder}/${MANIFEST}` };
}
