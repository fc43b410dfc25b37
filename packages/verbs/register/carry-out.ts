import type { Acting, Content, Held, Ledger } from '@passmuster/core/ledger/ledger.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import { RegistryError } from '@passmuster/core/registry/error.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { completeTags } from './complete-tags.ts';
import type { Decision } from './decide.ts';
import type { Keeping } from './keep-manifest.ts';
import type { Ports } from './ports.ts';
import { ticketText, versionTags } from './tags.ts';
import type { Wish } from './wish.ts';
import { FAILED, lookAtModel, madeBy } from './world.ts';

export interface Undertaking {
  readonly registry: Registry;
  readonly ledger: Pick<Ledger, 'name'>;
  readonly ports: Ports;
  readonly wish: Wish;
  readonly identifier: string;
  readonly decision: Extract<Decision, { do: 'create' | 'adopt' }>;
  readonly keeping: Keeping;
}

/** All that the ticket must say before anything happens, so that anybody can finish or judge it. */
export function recordOf({ wish, identifier, decision, keeping }: Undertaking): Content {
  const { hashed, code, source, runId, facts, evaluations } = wish;
  return {
    verb: 'register',
    model: wish.model,
    version: identifier,
    ...(hashed && { digest: hashed.digest }),
    source,
    run_id: runId,
    facts,
    evaluations,
    ...(code && { code }),
    ...('uri' in keeping && { manifest: keeping.uri }),
    ...(decision.do === 'adopt' && { adopts: decision.version.number }),
  };
}

function tagsOf({ wish, identifier, keeping, ledger, ports }: Undertaking, number: string) {
  const ticket = ticketText(ledger.name, number);
  const manifest = 'uri' in keeping ? keeping.uri : '';
  return versionTags(wish, { identifier, ticket, manifest }, ports.host);
}

const PAUSE_MS = 2_000;

/** Some servers copy the files first; a version is of use only when it is ready. */
async function ready(
  { registry, ports }: Undertaking,
  acting: Acting,
  version: ModelVersion,
): Promise<ModelVersion> {
  let now = version;
  while (now.status === 'PENDING_REGISTRATION') {
    await ports.clock.sleep(PAUSE_MS, ports.signal);
    await acting.stillOurs();
    now = (await registry.version(now.model, now.number, { signal: ports.signal })) ?? now;
  }
  if (now.status !== FAILED) return now;
  const { model, number, statusMessage } = now;
  const message = `The registry could not take the files of "${quotable(model)}", number ${number}: ${quotable(statusMessage, 300)}`;
  throw new RegistryError(
    { reason: 'refused', effect: 'none' },
    { message, hint: 'Check `source` and what the registry may read; then run this again.' },
  );
}

async function makeModel({ registry, wish, ports }: Undertaking, held: Held): Promise<void> {
  const { model } = wish;
  if (await registry.model(model, { signal: ports.signal })) return;
  await held
    .effect((call) => registry.createModel({ name: model }, call))
    .catch((error: unknown) => {
      if (error instanceof RegistryError && error.failure.reason === 'exists') return;
      throw error;
    });
}

function makeVersion(undertaking: Undertaking, held: Held): Promise<ModelVersion> {
  const { registry, wish } = undertaking;
  const { model, source, runId, modelId, description } = wish;
  const tags = tagsOf(undertaking, held.number);
  // An id that is there but empty is one that nobody may read, where MLflow has accounts.
  const ids = { ...(runId && { runId }), ...(modelId && { modelId }) };
  const version = { model, source, description, tags, ...ids };
  return held.effect((call) => registry.createVersion(version, call));
}

async function keepManifest({ registry, wish, keeping }: Undertaking, held: Held): Promise<void> {
  const { hashed } = wish;
  if (!('uri' in keeping) || hashed === undefined) return;
  const content = Buffer.from(hashed.manifest);
  await held.effect((call) => registry.writeArtifact(keeping.uri, content, call));
}

async function effects(undertaking: Undertaking, held: Held): Promise<ModelVersion> {
  const { decision } = undertaking;
  if (decision.do === 'create') await makeModel(undertaking, held);
  await keepManifest(undertaking, held);
  if (decision.do === 'adopt') return decision.version;
  return ready(undertaking, held, await makeVersion(undertaking, held));
}

/** A creation is never repeated: after a failure, the versions that are there tell whether it took place. */
async function madeAfterAll(
  { registry, ledger, wish, ports }: Undertaking,
  held: Held,
): Promise<ModelVersion | undefined> {
  await held.deadlinePassed();
  const world = await lookAtModel(registry, wish.model, ports.signal);
  return madeBy(world, ticketText(ledger.name, held.number));
}

/** Records, makes or adopts the version, and seals its name; nothing of it counts before the seal. */
export async function carryOut(undertaking: Undertaking, held: Held): Promise<ModelVersion> {
  await held.record(recordOf(undertaking));
  const version = await effects(undertaking, held).catch(async (error: unknown) => {
    if (!(error instanceof RegistryError)) throw error;
    const made = await madeAfterAll(undertaking, held);
    if (made) return ready(undertaking, held, made);
    await held.seal('put-back', { error: error.failure.reason });
    throw error;
  });
  await held.seal('done', { number: version.number });
  if (undertaking.decision.do === 'adopt') {
    const { registry, ports } = undertaking;
    await completeTags(registry, version, tagsOf(undertaking, held.number), ports.voice);
  }
  return version;
}
