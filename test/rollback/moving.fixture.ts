import type { Host } from '@passmuster/core/host.ts';
import type { Ledger, Ticket } from '@passmuster/core/ledger/ledger.ts';
import { openLedger } from '@passmuster/core/ledger/open.ts';
import { stepsTo } from '@passmuster/core/promotions/marks.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import { carry } from '@passmuster/verbs/moving/carry.ts';
import { lookAt, refuseBroken, thereIn } from '@passmuster/verbs/moving/look.ts';
import { atPlace } from '@passmuster/verbs/moving/open-place.ts';
import { partyOf } from '@passmuster/verbs/moving/party.ts';
import type { Ports } from '@passmuster/verbs/moving/ports.ts';
import { fromOf, recordOf } from '@passmuster/verbs/moving/record-of.ts';
import { underTicket } from '@passmuster/verbs/moving/under-ticket.ts';
import {
  around,
  emptyRegistry,
  LEASE,
  looking,
  openRegistry,
} from '../register/running.fixture.ts';

export const MODEL = 'gpt-custom';

/** A policy file that is nowhere but here. */
const filesWith = (policy: string | undefined): Ports['files'] => ({
  ...diskFiles(),
  read: async (path) =>
    policy === undefined || path !== 'passmuster.yaml' ? undefined : Buffer.from(policy),
  survey: async () => ({ files: [], refused: [] }) as never,
});

export const STAGED =
  'environments:\n  staging: {stage: Staging}\n  production: {stage: Production}\n';

export interface Differing extends Partial<Ports> {
  /** The text of `passmuster.yaml`; without it there is none. */
  readonly policy?: string;
}

export const portsFor = (address: string, { policy, ...differing }: Differing = {}): Ports => ({
  ...around(),
  files: filesWith(policy),
  forge: undefined,
  openRegistry: () => openRegistry(address),
  lease: LEASE,
  ...differing,
});

/** A person at a terminal. */
export const attended = (): Host => ({ ...around().host, attended: true });

/** An attempt of a run of a workflow, to which every other process has ended. */
export const runOf = (id: string, attempt = '1'): Host => ({
  ...around().host,
  actor: `run-${id}`,
  run: { server: 'https://github.com', repository: 'acme/models', id, attempt },
  hasEnded: async () => true,
});

/** A registry with a model of so many versions. */
export async function modelWith(versions: number): Promise<string> {
  const address = await emptyRegistry();
  const registry = await openRegistry(address);
  await registry.createModel({ name: MODEL });
  for (let number = 1; number <= versions; number++) {
    await registry.createVersion({ model: MODEL, source: `s3://models/${number}` });
  }
  await registry.close();
  return address;
}

interface Moving extends Differing {
  readonly environment?: string;
}

/** Moves a version to an environment as `promote` does once it is all decided. */
export function promoted(address: string, number: string, differing: Moving = {}) {
  const { environment = 'production', ...rest } = differing;
  const ports = portsFor(address, rest);
  const asked = { model: MODEL, environment, config: 'passmuster.yaml' };
  return atPlace(asked, ports, [], (place) => {
    const { name } = place.environment;
    const request = {
      place,
      intent: `promote ${name} ${number}`,
      marks: new Map([['verb', 'promote']]),
      wait: 30_000,
    };
    return underTicket(request, async (held) => {
      const seen = await lookAt(place, ports.signal);
      const there = thereIn(seen, place.environment);
      refuseBroken(seen, there);
      if (there.standing.kind === 'unclear') throw new Error(there.standing.says);
      const version = seen.marks.versions.find((one) => one.number === number);
      if (version === undefined) throw new Error(`there is no number ${number}`);
      const from = fromOf(there, seen);
      const { policy } = there.environment;
      const target = {
        number,
        ...(policy.stage !== undefined && seen.hasStages && { stage: policy.stage }),
        ...(seen.hasAliases && { alias: policy.alias }),
      };
      const steps = stepsTo(target, seen.marks);
      const to = partyOf(version, seen.names);
      const own = { verb: 'promote' as const, to, steps, ...(from && { from }) };
      const at = { ...place, environment: there.environment };
      return carry(at, held, recordOf(at, seen, own));
    });
  });
}

/** A history: these versions were live one after the other. */
export async function lived(numbers: readonly string[], differing: Moving = {}) {
  const address = await modelWith(Math.max(...numbers.map(Number)));
  for (const number of numbers) await promoted(address, number, differing);
  return address;
}

type Method = (...args: never[]) => unknown;

/** The registry, one of whose methods goes as the test says. */
export const differing =
  (address: string, methods: (registry: Registry) => Partial<Registry>) =>
  async (): Promise<Registry> => {
    const registry = await openRegistry(address);
    return { ...registry, ...methods(registry) };
  };

/** A process that is killed at a call: right before it takes effect, or right after. Nothing of it is heard again. */
export const dying =
  (
    address: string,
    isLast: (method: string, args: readonly unknown[]) => boolean,
    when: 'before' | 'after',
  ) =>
  async (): Promise<Registry> => {
    const registry = await openRegistry(address);
    let isDead = false;
    const refuse = (): never => {
      throw new Error('killed');
    };
    const mortal = Object.entries(registry).map(([name, method]) => {
      if (typeof method !== 'function' || name === 'close') return [name, method];
      const call = (...args: never[]) => {
        if (isDead) refuse();
        if (!isLast(name, args)) return (method as Method)(...args);
        isDead = true;
        if (when === 'before') return refuse();
        return Promise.resolve((method as Method)(...args)).then(refuse);
      };
      return [name, call];
    });
    return { ...registry, ...Object.fromEntries(mortal) };
  };

export interface Standing {
  readonly alias?: string;
  readonly stages: Readonly<Record<string, string>>;
}

/** What the registry shows, alias and stages. */
export async function standing(address: string, alias = 'production'): Promise<Standing> {
  const registry = await looking(address);
  const model = await registry.model(MODEL);
  const versions = await Array.fromAsync(registry.versions({ model: MODEL }));
  const staged = versions.filter(({ stage }) => stage !== 'None' && stage !== '');
  const at = model?.aliases.get(alias);
  return {
    ...(at !== undefined && { alias: at }),
    stages: Object.fromEntries(staged.map(({ number, stage }) => [number, stage])),
  };
}

export const ledgerOf = (registry: Registry): Ledger =>
  openLedger({ ...around(), registry, model: MODEL, lease: LEASE });

/** What the ledger has of an environment. */
export async function history(
  address: string,
  environment = 'production',
): Promise<readonly Ticket[]> {
  const whole = await ledgerOf(await looking(address)).whole(new AbortController().signal);
  return whole.history({ environment }).sealed;
}
