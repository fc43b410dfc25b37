import { loggedModelOf, runUnbound } from '@passmuster/core/evidence/binding.ts';
import type { Source } from '@passmuster/core/evidence/evidence.ts';
import { readingOfLoggedModel, readingOfRun } from '@passmuster/core/evidence/registry-readings.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { LoggedModel, Run } from '@passmuster/core/registry/entities.ts';
import { isUnsupported } from '@passmuster/core/registry/error.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { together } from '@passmuster/core/together.ts';
import { sealedFacts } from './sealed-facts.ts';
import type { Subject } from './subjects.ts';

export interface Found {
  readonly sources: readonly Source[];
  readonly remarks: readonly string[];
}

type Asked = Pick<Registry, 'run' | 'loggedModel'>;

async function runOf(registry: Asked, id: string, signal: AbortSignal): Promise<Run | undefined> {
  return id === '' ? undefined : registry.run(id, { signal });
}

async function loggedFor(
  registry: Asked,
  id: string | undefined,
  signal: AbortSignal,
): Promise<LoggedModel | undefined> {
  if (id === undefined) return undefined;
  try {
    return await registry.loggedModel(id, { signal });
  } catch (error) {
    // The version came from another server, which has them.
    if (isUnsupported(error)) return undefined;
    throw error;
  }
}

/** What the registry has measured of a version: its run and, since MLflow 3, its logged model. */
export async function versionSources(
  registry: Asked,
  { version, sealed }: Subject,
  signal: AbortSignal,
): Promise<Found> {
  const { runId } = version;
  const modelId = loggedModelOf(version);
  const [run, logged] = await together(signal, [
    (either) => runOf(registry, runId, either),
    (either) => loggedFor(registry, modelId, either),
  ]);
  const sources: Source[] = [];
  const remarks: string[] = [];
  if (version.status !== 'READY') remarks.push(`Its status is ${quotable(version.status)}.`);
  if (run) {
    const reading = readingOfRun(run);
    const unbound = runUnbound(version, run, sealed && sealedFacts(sealed), logged);
    sources.push({ origin: { kind: 'run', id: run.id }, reading, ...(unbound && { unbound }) });
    remarks.push(...reading.remarks);
  } else if (runId !== '') {
    remarks.push(`Its run ${quotable(runId)} is not there.`);
  }
  if (logged) {
    sources.push({
      origin: { kind: 'logged-model', id: logged.id },
      reading: readingOfLoggedModel(logged),
    });
  } else if (modelId !== undefined) {
    remarks.push(`Its logged model ${quotable(modelId)} is not there.`);
  }
  return { sources, remarks };
}
