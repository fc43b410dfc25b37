import type { Verb } from '@passmuster/action-kit/spec/verb.ts';
import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Held, Ledger } from '@passmuster/core/ledger/ledger.ts';
import { isLedger, openLedger } from '@passmuster/core/ledger/open.ts';
import { registryOf } from '@passmuster/core/policy/registry-of.ts';
import { policyFor, type TrustedPolicy } from '@passmuster/core/policy/trusted-policy.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import type { Scheme } from '@passmuster/core/versions/identifier.ts';
import { marksOf } from '@passmuster/core/versions/sealed.ts';
import { answerFor } from './answer-for.ts';
import { carryOut } from './carry-out.ts';
import { completeTags } from './complete-tags.ts';
import { type Decision, decide } from './decide.ts';
import { gather } from './gather.ts';
import { keepingFor } from './keep-manifest.ts';
import { type Name, nameOf, refuseAsked } from './name.ts';
import { outcomeOf } from './outcome.ts';
import type { Inputs, Ports, RegisterPorts } from './ports.ts';
import type { Result } from './result.ts';
import type { spec } from './spec.ts';
import { identityTags, ticketText } from './tags.ts';
import { identityOf, identityText, type Wish } from './wish.ts';
import { refuseLostLedger } from './witness.ts';
import { lookAtModel, refuseLedger } from './world.ts';

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

interface Planned {
  readonly name: Name;
  readonly decision: Decision;
  /** Whether the model itself is there. */
  readonly exists: boolean;
}

/** What would be done now; looked at anew whenever the world may have moved. */
async function plan({ inputs, ports, registry, ledger, scheme, wish, now }: Job): Promise<Planned> {
  const { signal } = ports;
  const { world } = await ledger.lookAround(
    () => lookAtModel(registry, wish.model, signal),
    signal,
  );
  await refuseLostLedger(ledger, world, signal);
  const name = await nameOf({ inputs, scheme, wish, world, ledger, signal, now });
  const decision = await decide(name.identifier, wish, world, ledger, signal);
  if (decision.do !== 'create' || name.refusal === undefined) {
    return { name, decision, exists: world.exists };
  }
  const refuse = { do: 'refuse', text: name.refusal, hint: '' } as const;
  return { name, decision: refuse, exists: world.exists };
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
  const held = await take(job, planned.name);
  try {
    const { name, decision } = await plan(job);
    if (name.identifier !== planned.name.identifier) return undefined;
    if (decision.do === 'nothing') await complete(job, decision);
    if (decision.do === 'refuse' || decision.do === 'nothing') return { name, decision };
    const keeping = await keepingFor(job.registry, job.wish, job.ports.signal);
    await writeManifest(job);
    const version = await carryOut(
      { ...job, identifier: name.identifier, decision, keeping },
      held,
    );
    return { name, decision, version, keeping, ticket: held.number };
  } finally {
    await held.letGo();
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
  const { inputs, ports, registry, ledger } = job;
  if (inputs['dry-run']) return;
  await writeManifest(job);
  const tags = identityTags(
    sealed.identifier,
    ticketText(ledger.name, sealed.ticket.number),
    sealed.digest,
  );
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
  refuseLedger(inputs.model, isLedger);
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
