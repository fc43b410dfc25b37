import type { Registry } from '@passmuster/core/registry/registry.ts';
import { failing, skippingClock, transportTo } from '@passmuster/registry/http/serving.fixture.ts';
import { mlflowRegistry } from '@passmuster/registry/mlflow/registry.ts';
import { onTestFinished } from 'vitest';
import type { Fault } from './fault.ts';
import { none } from './fault.ts';
import { type FaultProxy, startFaults } from './proxy.ts';

/** The real client, a proxy that does what a test says, and a model with one version on a real server. */
export interface Journey {
  readonly registry: Registry;
  /** The same server without anything in between. */
  readonly direct: Registry;
  readonly proxy: FaultProxy;
  readonly model: string;
  /** Milliseconds that the client would have waited between its tries. */
  readonly slept: readonly number[];
}

/** What befalls the tries of one call, from the first; those after it go through. */
export type Faults = (nth: number) => Fault;

export const first =
  (...faults: readonly Fault[]): Faults =>
  (nth) =>
    faults[nth - 1] ?? none;

export const always =
  (fault: Fault): Faults =>
  () =>
    fault;

export const DEADLINE = 300_000;
let models = 0;

const registryAt = (url: string, clock = skippingClock(), deadline = DEADLINE): Registry => {
  const transport = transportTo(url, { clock, deadline });
  return mlflowRegistry({ registry: transport, tracking: transport });
};

export async function journey(
  server: string,
  faults: Faults,
  { deadline = DEADLINE } = {},
): Promise<Journey> {
  const direct = registryAt(server);
  models += 1;
  const model = `model ${models}`;
  await direct.createModel({ name: model });
  await direct.createVersion({ model, source: 's3://bucket/first' });
  const proxy = await startFaults(server, (_, nth) => faults(nth));
  onTestFinished(() => proxy.close());
  const clock = skippingClock();
  const registry = registryAt(proxy.url, clock, deadline);
  return { registry, direct, proxy, model, slept: clock.slept };
}

/** `done after 2`, or `unanswered/unknown after 1`: how it ended, and how many requests went out. */
export async function endOf(journey: Journey, asked: Promise<unknown>): Promise<string> {
  const how = await asked.then(
    () => 'done',
    async () => {
      const { reason, effect } = (await failing(asked)).failure;
      return `${reason}/${effect}`;
    },
  );
  return `${how} after ${journey.proxy.seen.length}`;
}

export async function numbersOf({ direct, model }: Journey): Promise<string[]> {
  const numbers = [];
  for await (const { number } of direct.versions({ model, order: 'oldest' })) numbers.push(number);
  return numbers;
}
