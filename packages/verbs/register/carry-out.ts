import { InputError, PassmusterError } from '@passmuster/core/errors.ts';
import {
  type Acting,
  Claimed,
  type Content,
  type Held,
  type Ledger,
} from '@passmuster/core/ledger/ledger.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import { RegistryError } from '@passmuster/core/registry/error.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { completeTags } from './complete-tags.ts';
import type { Decision } from './decide.ts';
import type { Keeping } from './keep-manifest.ts';
import type { Ports } from './ports.ts';
import { MANIFEST_TAG, ticketText, versionTags } from './tags.ts';
import type { Wish } from './wish.ts';
import { FAILED, lookAtModel, madeBy } from './world.ts';

interface Undertaking {
  readonly registry: Registry;
  readonly ledger: Pick<Ledger, 'name' | 'ticket'>;
  readonly ports: Ports;
  readonly wish: Wish;
  readonly identifier: string;
  readonly decision: Extract<Decision, { do: 'create' | 'adopt' }>;
  readonly keeping: Keeping;
  /** Whether the model itself is there; its versions are. */
  readonly hasModel: boolean;
}

/** All that the ticket must say before anything happens, so that anybody can finish or judge it. */
function recordOf({ wish, identifier, decision, keeping }: Undertaking): Content {
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

async function makeModel({ registry, wish, hasModel }: Undertaking, held: Held): Promise<void> {
  const { model } = wish;
  if (hasModel) return;
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

const NOT_TAKEN: Keeping = { none: 'the registry did not take it' };

/** For people and for later verbs; that the registry will not have it stops nobody. */
async function keepManifest(
  { registry, wish, keeping, ports }: Undertaking,
  held: Held,
): Promise<Keeping> {
  const { hashed } = wish;
  if (!('uri' in keeping) || hashed === undefined) return keeping;
  try {
    const content = Buffer.from(hashed.manifest);
    await held.effect((call) => registry.writeArtifact(keeping.uri, content, call));
    return keeping;
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    ports.voice.warn(`The manifest is kept here only: ${error.message}`);
    return NOT_TAKEN;
  }
}

interface Done {
  readonly version: ModelVersion;
  readonly keeping: Keeping;
}

async function effects(undertaking: Undertaking, held: Held): Promise<Done> {
  const { decision } = undertaking;
  if (decision.do === 'create') await makeModel(undertaking, held);
  const keeping = await keepManifest(undertaking, held);
  if (decision.do === 'adopt') return { version: decision.version, keeping };
  const made = await makeVersion({ ...undertaking, keeping }, held);
  return { version: await ready(undertaking, held, made), keeping };
}

/** Looks also when the run was told to stop: what stands where must be known to be sealed. */
async function madeUnder(
  { registry, ledger, wish }: Undertaking,
  ticket: string,
): Promise<ModelVersion | undefined> {
  const world = await lookAtModel(registry, wish.model, new AbortController().signal);
  return madeBy(world, ticketText(ledger.name, ticket));
}

/** What the version itself says of its manifest: the upload may have failed before it was made. */
const keptFor = ({ tags }: ModelVersion, { keeping }: Undertaking): Keeping =>
  'uri' in keeping && !tags.has(MANIFEST_TAG) ? NOT_TAKEN : keeping;

/** A creation is never repeated: after a failure, the versions that are there tell whether it took place. */
async function orPutBack(undertaking: Undertaking, held: Held, error: unknown): Promise<Done> {
  if (error instanceof Claimed) throw error;
  await held.deadlinePassed();
  const made = await madeUnder(undertaking, held.number);
  if (made && undertaking.decision.do === 'create') {
    return { version: await ready(undertaking, held, made), keeping: keptFor(made, undertaking) };
  }
  const reason = error instanceof RegistryError ? error.failure.reason : 'stopped';
  await held.seal('put-back', { error: reason });
  // It understood, and will not have what it was given: that is for the caller to mend.
  if (reason === 'refused' && error instanceof RegistryError) {
    throw new InputError(error.problems, { cause: error });
  }
  throw error;
}

/** Records, makes or adopts the version, and seals its name; nothing of it counts before the seal. */
export async function carryOut(undertaking: Undertaking, held: Held): Promise<Done> {
  await held.record(recordOf(undertaking));
  const done = await effects(undertaking, held).catch((error: unknown) =>
    orPutBack(undertaking, held, error),
  );
  await held.seal('done', { number: done.version.number });
  if (undertaking.decision.do === 'adopt') {
    const { registry, ports } = undertaking;
    const tags = tagsOf({ ...undertaking, keeping: done.keeping }, held.number);
    await completeTags(registry, done.version, tags, ports.voice);
  }
  return done;
}

/** Who was claimed says what it has left behind, and what became of its ticket. */
export async function reportLate(
  error: unknown,
  undertaking: Undertaking,
  number: string,
): Promise<never> {
  if (!(error instanceof Claimed)) throw error;
  const { signal } = new AbortController();
  const made = await madeUnder(undertaking, number).catch(() => undefined);
  const ticket = await undertaking.ledger.ticket(number, signal).catch(() => undefined);
  const outcome = ticket?.outcome ? `ended as ${ticket.outcome}` : 'is not answered for yet';
  const message = made
    ? `The version that this run made is there, as number ${quotable(made.number)}; its ticket ${outcome}.`
    : `This run has made no version; its ticket ${outcome}.`;
  const hint = 'Run this again: it finds what is there.';
  throw new PassmusterError('conflict', [...error.problems, { message, hint }], { cause: error });
}
