import { newTicket } from '@passmuster/core/ledger/encode.ts';
import type { Content, Queue, TicketOutcome } from '@passmuster/core/ledger/ledger.ts';
import { openLedger } from '@passmuster/core/ledger/open.ts';
import type { EnvironmentPolicy } from '@passmuster/core/policy/policy.ts';
import { type Marks, stepsTo } from '@passmuster/core/promotions/marks.ts';
import type { From, MoveRecord, Party } from '@passmuster/core/promotions/record.ts';
import { registryPlaces } from '@passmuster/core/promotions/registry-places.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { carry, type Moved } from '@passmuster/verbs/moving/carry.ts';
import { lookAt, thereIn } from '@passmuster/verbs/moving/look.ts';
import { partyOf } from '@passmuster/verbs/moving/party.ts';
import type { Place } from '@passmuster/verbs/moving/place.ts';
import { underTicket } from '@passmuster/verbs/moving/under-ticket.ts';
import { around, LEASE, openRegistry } from '../register/running.fixture.ts';

export const MODEL = 'gpt-custom';

interface Where {
  readonly model?: string;
  readonly environment?: string;
  readonly alias?: string;
  readonly stage?: 'Staging' | 'Production';
  readonly actor?: string;
  readonly lease?: number;
}

const policyOf = ({ environment = 'production', alias, stage }: Where): EnvironmentPolicy => ({
  alias: alias ?? environment,
  aliasGiven: alias !== undefined,
  approvals: { count: 0, authorCounts: false },
  gates: [],
  waivers: [],
  mayOverride: [],
  ...(stage && { stage }),
});

/** Where something is moved, as the verbs have it. */
function placeIn(registry: Registry, where: Where): Place {
  const { model = MODEL, environment = 'production', actor = 'alice', lease = LEASE } = where;
  const surroundings = around();
  const host = { ...surroundings.host, actor };
  const ports = {
    ...surroundings,
    host,
    files: diskFiles(),
    forge: undefined,
    openRegistry: async () => registry,
    lease,
  };
  return {
    model,
    environment: { name: environment, policy: policyOf(where) },
    policy: { from: 'none', said: '' },
    registry,
    ledger: openLedger({ registry, clock: ports.clock, host, model, lease }),
    ports,
  };
}

export interface Moving extends Where {
  readonly verb?: MoveRecord['verb'];
  readonly more?: Partial<MoveRecord>;
}

/** What a verb would put on its ticket. */
async function recordFor(
  place: Place,
  to: string | undefined,
  { verb = 'promote', more = {} }: Moving,
): Promise<MoveRecord> {
  const { model, environment, ports } = place;
  const { alias, stage } = environment.policy;
  const plain = {
    verb,
    id: 'x',
    model,
    environment: environment.name,
    steps: [],
    has: { alias, ...(stage && { stage }) },
    at: new Date().toISOString(),
    who: { actor: ports.host.actor },
    ...more,
  };
  // By a broken ledger nothing can be looked up; whoever accepts that says what is there.
  if (more.accepted) return { ...plain, ...(to !== undefined && { to: { number: to } }) };
  const seen = await lookAt(place, ports.signal);
  const { recorded, standing } = thereIn(seen, environment);
  const party = (number: string): Party => {
    const version = seen.marks.versions.find((one) => one.number === number);
    return version ? partyOf(version, seen.names) : { number };
  };
  const { ticket } = recorded ?? {};
  const known: From | undefined = recorded?.party && {
    ...recorded.party,
    ...(ticket !== undefined && { ticket }),
  };
  const found: From | undefined =
    standing.kind === 'version' ? { ...party(standing.version.number), found: true } : undefined;
  const from = recorded ? known : found;
  return {
    ...plain,
    ...(from && { from }),
    ...(to !== undefined && { to: party(to) }),
    steps: verb === 'settle' || to === undefined ? [] : stepsIn(place, to, seen.marks),
    ...more,
  };
}

function stepsIn({ environment: { policy } }: Place, number: string, marks: Marks) {
  const { alias, stage } = policy;
  return stepsTo({ number, alias, ...(stage && { stage }) }, marks);
}

/** Moves a version, as a verb would that has judged it: nobody is asked anything here. */
export async function move(
  address: string,
  to: string | undefined,
  moving: Moving = {},
): Promise<Moved> {
  const registry = await openRegistry(address);
  try {
    const place = placeIn(registry, moving);
    const { verb = 'promote' } = moving;
    const request = { place, intent: `${verb} ${to}`, marks: new Map([['verb', verb]]), wait: 0 };
    return await underTicket(request, async (held) =>
      carry(place, held, await recordFor(place, to, moving)),
    );
  } finally {
    await registry.close();
  }
}

/** A run that has taken its ticket and gone without an end, after so many of its steps. */
export async function leave(
  address: string,
  to: string,
  moving: Moving & { readonly done?: number },
): Promise<void> {
  const { verb = 'promote', done = 0 } = moving;
  const registry = await openRegistry(address);
  try {
    const place = placeIn(registry, moving);
    const held = await place.ledger.take(
      {
        queue: 'moves',
        environment: place.environment.name,
        intent: `${verb} ${to}`,
        marks: new Map([['verb', verb]]),
      },
      {
        wait: 0,
        signal: place.ports.signal,
        waiting: () => undefined,
        answerFor: async () => ({ outcome: 'void', result: {} }),
      },
    );
    const record = await recordFor(place, to, moving);
    await held.record({ ...record });
    for (const step of record.steps.slice(0, done)) {
      await registryPlaces(registry, place.model).write(step, 'forward', {});
    }
    await held.letGo('SIGTERM');
  } finally {
    await registry.close();
  }
}

/** A move that is recorded, does nothing, and is sealed with this end. */
export async function sealed(
  address: string,
  to: string | undefined,
  outcome: TicketOutcome,
  { result = {}, ...moving }: Moving & { readonly result?: Content } = {},
): Promise<void> {
  const registry = await openRegistry(address);
  try {
    const place = placeIn(registry, moving);
    const request = { place, intent: `to ${to}`, marks: new Map<string, string>(), wait: 0 };
    await underTicket(request, async (held) => {
      if (outcome !== 'void') await held.record({ ...(await recordFor(place, to, moving)) });
      await held.seal(outcome, result);
    });
  } finally {
    await registry.close();
  }
}

/** A ticket that nobody renews, as one has it whose machine was switched off. */
export async function queued(
  address: string,
  { queue = 'moves', ...where }: Where & { readonly queue?: Queue } = {},
): Promise<void> {
  const registry = await openRegistry(address);
  try {
    const { ledger, environment, ports, lease } = { lease: LEASE, ...placeIn(registry, where) };
    const marks = new Map([['verb', queue === 'moves' ? 'promote' : 'register']]);
    const to = queue === 'moves' ? environment.name : '';
    const request = { queue, environment: to, intent: 'x', marks };
    await registry.createVersion(newTicket(ledger.name, ports.host, request, lease));
  } finally {
    await registry.close();
  }
}
