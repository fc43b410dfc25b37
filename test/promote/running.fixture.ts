import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import { openLedger } from '@passmuster/core/ledger/open.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { metricsListed } from '@passmuster/evidence/evaluations/dvc-yaml.ts';
import { readEvaluation } from '@passmuster/evidence/evaluations/index.ts';
import { diskFiles } from '@passmuster/evidence/files/index.ts';
import type { Ports } from '@passmuster/verbs/promote/ports.ts';
import { reportSchema } from '@passmuster/verbs/promote/report.ts';
import { promote } from '@passmuster/verbs/promote/run.ts';
import { spec } from '@passmuster/verbs/promote/spec.ts';
import { reportSchema as rollbackSchema } from '@passmuster/verbs/rollback/report.ts';
import { rollback } from '@passmuster/verbs/rollback/run.ts';
import { spec as rollbackSpec } from '@passmuster/verbs/rollback/spec.ts';
import {
  around,
  emptyRegistry,
  LEASE,
  looking,
  openRegistry,
  run as register,
} from '../register/running.fixture.ts';
import { runnerOf } from '../run-verb.ts';
import { standingIn } from '../validate/running.fixture.ts';

const promoting = runnerOf(spec, promote, reportSchema());
const rollingBack = runnerOf(rollbackSpec, rollback, rollbackSchema());

export const MODEL = 'gpt-custom';

const DEFAULTS = { model: MODEL, version: 'v1.0.0', config: 'passmuster.yaml' };

export type Given = Readonly<Record<string, string>>;

const portsOf = (registry: string, ports: Partial<Ports>): Ports => ({
  ...around(),
  files: diskFiles(),
  forge: undefined,
  openRegistry: () => openRegistry(registry),
  lease: LEASE,
  readEvaluation,
  metricsListed,
  ...ports,
});

/** The verb with real ports, as a step or a terminal would run it; `said` is all that stood in the way. */
export async function run(registry: string, given: Given, ports: Partial<Ports> = {}) {
  const outcome = await promoting({ ...DEFAULTS, registry, ...given }, portsOf(registry, ports));
  const errors = outcome.annotations.filter(({ level }) => level === 'error');
  return { ...outcome, said: errors.map(({ message }) => message).join('\n') };
}

/** Back to a number, as a person at a terminal would do it. */
export async function rollBack(
  address: string,
  environment: string,
  number: string,
  ports: Partial<Ports> = {},
): Promise<void> {
  const where = { model: MODEL, environment, to: number, registry: address };
  const given = { ...where, reason: 'it answered in verse', config: DEFAULTS.config };
  const host = { ...around().host, actor: 'roller', attended: true };
  const { outputs, annotations } = await rollingBack(given, portsOf(address, { host, ...ports }));
  if (outputs.outcome !== 'rolled-back') throw new Error(JSON.stringify(annotations));
}

type Watch = (name: string, given: readonly unknown[]) => Promise<void> | void;

/** A registry with somebody who sees every call to it, before it is sent and once it is answered. */
export const watched =
  (address: string, { before, after }: { before?: Watch; after?: Watch }) =>
  async (): Promise<Registry> => {
    const registry = await openRegistry(address);
    const entries = Object.entries(registry).map(([name, value]) => {
      if (typeof value !== 'function' || ['close', 'now'].includes(name)) return [name, value];
      const ask = value as (...given: unknown[]) => unknown;
      const listed = async function* (...given: unknown[]) {
        await before?.(name, given);
        yield* ask(...given) as AsyncIterable<unknown>;
        await after?.(name, given);
      };
      const LISTS = ['versions', 'models', 'runs', 'experiments', 'metricHistory'];
      if (LISTS.includes(name)) return [name, listed];
      return [
        name,
        async (...given: unknown[]) => {
          await before?.(name, given);
          const answer = await ask(...given);
          await after?.(name, given);
          return answer;
        },
      ];
    });
    return Object.fromEntries(entries) as Registry;
  };

/** Something that happens when all was looked at, right before a ticket is taken. */
export function betweenLookAndTicket(address: string, change: () => Promise<unknown>) {
  let isDone = false;
  return watched(address, {
    before: async (name) => {
      if (name !== 'createVersion' || isDone) return;
      isDone = true;
      await change();
    },
  });
}

/** A run of a process that ends, without a word, before or after a call that the test names. */
export function killed(
  address: string,
  when: 'before' | 'after',
  isThen: (name: string, given: readonly unknown[]) => boolean,
): Ports['openRegistry'] {
  let isDead = false;
  const watch =
    (here: 'before' | 'after'): Watch =>
    (name, given) => {
      isDead ||= here === when && isThen(name, given);
      if (isDead) throw new Error('killed');
    };
  return watched(address, { before: watch('before'), after: watch('after') });
}

/** To whom every other process has ended. */
export const toWhomAllEnded = (): Partial<Ports> => ({
  host: { ...around().host, hasEnded: async () => true },
});

/** Messages and hints of what a run ends with. */
export async function problemsOf(running: Promise<unknown>): Promise<string> {
  const error = await running.then(
    () => new Error('it did not end with an error'),
    (reason: unknown) => reason as Error,
  );
  if (!('problems' in error)) throw error;
  const problems = error.problems as { message: string; hint?: string }[];
  const kind = 'kind' in error ? `${error.kind}: ` : '';
  return kind + problems.map(({ message, hint }) => `${message}\n  ${hint ?? ''}`).join('\n');
}

/** One line, so that a test says all of what its team decided. */
export const POLICY = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }
environments:
  staging: { stage: Staging }
  production: { after: staging, stage: Production, alias: champion }
  lonely: {}
`;

/** A version for each accuracy, sealed with the run that measured it, and a policy at hand. */
export async function registered(
  accuracies: readonly number[],
  policy: string | 'none' = POLICY,
): Promise<string> {
  const address = await emptyRegistry();
  await more(address, accuracies, 0);
  await standingIn(policy === 'none' ? {} : { 'passmuster.yaml': policy });
  return address;
}

/** More of them; `from` is how many there are. */
export async function more(address: string, accuracies: readonly number[], from: number) {
  const registry = await looking(address);
  const experimentId = await registry.createExperiment(`training ${from}`);
  for (const [index, value] of accuracies.entries()) {
    const { id } = await registry.createRun({ experimentId });
    await registry.log(id, { metrics: [{ key: 'accuracy', value, step: 0, timestamp: 1 }] });
    const version = `v1.${from + index}.0`;
    await register(address, { version, source: `s3://m/${version}`, 'run-id': id });
  }
}

/** What stands where, as the registry says it: `champion: 2`, `Production: 2`, `Archived: 1`. */
export async function stands(address: string): Promise<Record<string, string>> {
  const registry = await looking(address);
  const model = await registry.model(MODEL);
  const places = Object.fromEntries(model?.aliases ?? []);
  const versions = await Array.fromAsync(registry.versions({ model: MODEL, order: 'oldest' }));
  for (const { stage, number } of versions) {
    if (stage !== 'None') places[stage] = [places[stage], number].filter(Boolean).join(' ');
  }
  return places;
}

export const ledgerOf = (registry: Registry, lease = LEASE) =>
  openLedger({ ...around(), registry, model: MODEL, lease });

/** Somebody in front who has recorded nothing, until that is called. */
export async function holding(address: string): Promise<() => Promise<unknown>> {
  const request = { queue: 'moves' as const, environment: 'else', intent: 'x', marks: new Map() };
  const { signal } = new AbortController();
  const held = await ledgerOf(await looking(address)).take(request, {
    ...{ wait: 0, signal, waiting: () => {} },
    answerFor: async () => ({ outcome: 'void', result: {} }),
  });
  return () => held.letGo();
}

/** Sealed moves to an environment, the oldest first, without those that came to nothing. */
export async function historyOf(address: string, environment: string): Promise<readonly Ticket[]> {
  const { signal } = new AbortController();
  const whole = await ledgerOf(await looking(address)).whole(signal);
  const { sealed, problems } = whole.history({ environment });
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return sealed;
}

/** The newest, whatever became of it. */
export async function lastTicket(address: string): Promise<Ticket | undefined> {
  const registry = await looking(address);
  const name = `passmuster.${MODEL}`;
  const [newest] = await Array.fromAsync(registry.versions({ model: name, most: 1 }));
  return ledgerOf(registry).ticket(newest?.number ?? '', new AbortController().signal);
}

/** A host on which somebody else works. */
export const asActor = (actor: string, more: Partial<Ports['host']> = {}): Partial<Ports> => ({
  host: { ...around().host, actor, ...more },
});

/** Promotes through staging, without a word. */
export async function promoteTo(
  address: string,
  version: string,
  ...environments: readonly string[]
): Promise<void> {
  for (const environment of environments) {
    const { outputs, said } = await run(address, { version, environment });
    if (outputs.outcome !== 'promoted') throw new Error(`${environment}: ${said}`);
  }
}
