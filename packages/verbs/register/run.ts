import type { Verb } from '@passmuster/action-kit/spec/verb.ts';
import { PassmusterError, type Problem } from '@passmuster/core/errors.ts';
import type { Held, Ledger, Look } from '@passmuster/core/ledger/ledger.ts';
import { openLedger } from '@passmuster/core/ledger/open.ts';
import { registryOf } from '@passmuster/core/policy/registry-of.ts';
import { policyFor, type TrustedPolicy } from '@passmuster/core/policy/trusted-policy.ts';
import { unsettled } from '@passmuster/core/promotions/problems.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { together } from '@passmuster/core/together.ts';
import type { Scheme } from '@passmuster/core/versions/identifier.ts';
import { DIGEST_TAG, marksOf, namesIn, type SealedName } from '@passmuster/core/versions/sealed.ts';
import { lostIn } from '../moving/lost.ts';
import { witnessesOfMoves } from '../moving/witness.ts';
import { answerFor } from './answer-for.ts';
import { carryOut, reportLate } from './carry-out.ts';
import { completeTags } from './complete-tags.ts';
import { type Decision, decide } from './decide.ts';
import { gather } from './gather.ts';
import { keepingFor } from './keep-manifest.ts';
import { type Name, nameOf, refuseAsked } from './name.ts';
import { outcomeOf } from './outcome.ts';
import type { Inputs, Ports, RegisterPorts } from './ports.ts';
import { asRecorded } from './recorded.ts';
import type { Result } from './result.ts';
import type { spec } from './spec.ts';
import { ticketText, versionTags } from './tags.ts';
import { identityOf, identityText, type Wish } from './wish.ts';
import { refuseLostLedger } from './witness.ts';
import { lookAtModel, refuseDisguised, refuseLedger, type World } from './world.ts';

interface Job {
  readonly inputs: Inputs;
  readonly ports: Ports;
  readonly policy: TrustedPolicy;
  readonly scheme: Scheme;
  readonly registry: Registry;
  readonly ledger: Ledger;
  readonly wish: Wish;
  /** When it began, for versions that are named after that. */
  readonly now: number;
}

/** What the registry has of the model, and what the ledger says of its names. */
interface Seen {
  readonly world: World;
  readonly names: ReadonlyMap<string, SealedName>;
  /** What is wrong with what versions remember of moves: names stand on the same ledger. */
  readonly lost: readonly Problem[];
}

async function lookFor({ registry, ledger, wish, ports: { signal } }: Job): Promise<Seen> {
  const [world, whole] = await together(signal, [
    (either) => lookAtModel(registry, wish.model, either),
    (either) => ledger.whole(either),
  ]);
  const names = namesIn(whole);
  const moves = witnessesOfMoves(ledger.name, world.versions);
  const lost = await lostIn(ledger, whole, moves, signal);
  return { world, names, lost: unsettled(whole, whole.history('names', lost)) };
}

interface Planned {
  readonly name: Name;
  readonly decision: Decision;
}

/** What is to be done in a world that was looked at. */
async function planIn(job: Job, { world, names, lost }: Seen): Promise<Planned> {
  const { wish, ports } = job;
  if (!world.hasModel) refuseDisguised(wish.model);
  await refuseLostLedger(job.ledger, world, names, ports);
  if (lost.length > 0) throw new PassmusterError('conflict', lost);
  const name = nameOf({ ...job, world, names });
  const decision = decide(name.identifier, wish, world, names);
  if (decision.do !== 'create' || name.refusal === undefined) return { name, decision };
  return { name, decision: { do: 'refuse', text: name.refusal, hint: '' } };
}

/** Without a ticket, the ledger is read before and after the world, until nothing came between. */
async function plan(job: Job): Promise<Planned> {
  const { ports, ledger } = job;
  const look = async ({ created }: Look) => {
    if (created === undefined) await ledger.possible(ports.signal);
    return lookFor(job);
  };
  const { world: seen } = await ledger.lookAround(look, ports.signal);
  return planIn(job, seen);
}

const MOST_TURNS = 5;

function take({ inputs, ports, registry, ledger, wish }: Job, { identifier }: Name): Promise<Held> {
  const request = {
    queue: 'names' as const,
    environment: '',
    intent: `register ${identifier} ${identityText(identityOf(wish))}`,
    marks: marksOf(identifier),
  };
  return ledger.take(request, {
    wait: inputs.wait,
    signal: ports.signal,
    waiting: ({ text }) => ports.voice.note(text),
    answerFor: answerFor(registry, ledger.name, wish.model, ports.signal),
  });
}

/** One turn under a ticket; nothing when the name was taken meanwhile and another must be asked for. */
async function turn(job: Job, planned: Planned): Promise<Result | undefined> {
  const { registry, ports, wish } = job;
  const held = await take(job, planned.name);
  try {
    const seen = await lookFor(job);
    const { name, decision } = await planIn(job, seen);
    if (name.identifier !== planned.name.identifier) return undefined;
    if (decision.do === 'nothing') await complete(job, decision);
    if (decision.do === 'refuse' || decision.do === 'nothing') return { name, decision };
    const keeping = await keepingFor(registry, wish, ports.signal);
    await writeManifest(job);
    const { hasModel } = seen.world;
    const undertaking = { ...job, identifier: name.identifier, decision, keeping, hasModel };
    const done = await carryOut(undertaking, held).catch((error: unknown) =>
      reportLate(error, undertaking, held.number),
    );
    return { name, decision, ...done, ticket: held.number };
  } finally {
    // What is to be told is what came of it; a ticket that stays open is answered for by the next.
    await held.letGo().catch(() => undefined);
  }
}

/** Not before it is decided: a folder that is refused keeps the manifest that it has. */
async function writeManifest({ wish: { hashed }, ports }: Job): Promise<void> {
  if (hashed && !hashed.isWritten) await ports.files.write(hashed.manifestFile, hashed.manifest);
}

/** What an earlier run may have left out after its seal. */
async function complete(
  job: Job,
  { version, sealed }: Extract<Decision, { do: 'nothing' }>,
): Promise<void> {
  const { inputs, ports, registry, ledger, wish } = job;
  if (inputs['dry-run']) return;
  await writeManifest(job);
  const { identifier, ticket: sealing, digest } = sealed;
  const manifest = sealing.record?.['manifest'];
  const naming = {
    identifier,
    ticket: ticketText(ledger.name, sealing.number),
    manifest: typeof manifest === 'string' ? manifest : '',
  };
  const tags = versionTags(asRecorded(wish, sealing), naming, ports.host);
  if (digest === undefined) tags.delete(DIGEST_TAG);
  await completeTags(registry, version, tags, ports.voice);
}

async function carriedOut(job: Job): Promise<Result> {
  for (let turns = 0; turns < MOST_TURNS; turns++) {
    const planned = await plan(job);
    const { name, decision } = planned;
    if (decision.do === 'nothing') await complete(job, decision);
    if (decision.do === 'refuse' || decision.do === 'nothing') return { name, decision };
    if (job.inputs['dry-run']) {
      const keeping = await keepingFor(job.registry, job.wish, job.ports.signal);
      return { name, decision, keeping };
    }
    const result = await turn(job, planned);
    if (result) return result;
  }
  throw new PassmusterError('conflict', [
    {
      message: `Others registered versions of ${job.wish.model} all the while, so that the next number was taken ${MOST_TURNS} times.`,
      hint: 'Run it again, or give `version`.',
    },
  ]);
}

export const register: Verb<typeof spec, RegisterPorts> = async (inputs, ports) => {
  const { files, forge, host, clock, lease, signal } = ports;
  refuseLedger(inputs.model);
  const policy = await policyFor({ files, forge, host }, inputs.config, signal);
  const scheme = policy.policy?.models.get(inputs.model)?.versioning ?? 'semantic';
  refuseAsked(inputs, scheme);
  const registry = await ports.openRegistry(registryOf(policy));
  try {
    const wish = await gather(inputs, ports, policy.policy);
    const ledger = openLedger({ registry, clock, host, forge, lease, model: inputs.model });
    const job: Job = { inputs, ports, policy, scheme, registry, ledger, wish, now: clock.now() };
    return outcomeOf(job, await carriedOut(job));
  } finally {
    await registry.close();
  }
};
