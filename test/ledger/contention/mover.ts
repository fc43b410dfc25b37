import { PassmusterError } from '@passmuster/core/errors.ts';
import type { LedgerRegistry } from '@passmuster/core/ledger/context.ts';
import {
  type Acting,
  type Answer,
  Claimed,
  type Held,
  type Ledger,
  type Ticket,
} from '@passmuster/core/ledger/ledger.ts';
import { RegistryError } from '@passmuster/core/registry/error.ts';
import type { Log } from './events.ts';
import { lookAtWorld, NOWHERE, placesAt, writePlace } from './world.ts';

export const ENVIRONMENT = 'production';

/** By which all tickets of a run are found. */
export const MARKS = new Map([['run', 'contention']]);

const WAIT = 180_000;
const MOST_EFFECTS = 40;
const { signal } = new AbortController();

export interface Moving {
  readonly registry: LedgerRegistry;
  readonly ledger: Ledger;
  readonly model: string;
  readonly log: Log;
  /** Takes some time between a look and its write, which is when it hurts most to be stopped. */
  dawdle(): Promise<void>;
}

/** Where the environment is after a ticket, by what it was sealed or answered with. */
export const versionAfter = (ticket: Ticket | undefined): string =>
  String(ticket?.result?.['version'] ?? NOWHERE);

/** One turn: takes a ticket and moves the model to a version that is named after it. */
export async function move(moving: Moving): Promise<void> {
  const { ledger, log } = moving;
  let held: Held | undefined;
  try {
    log({ what: 'asking' });
    held = await ledger.take(
      { queue: 'moves', environment: ENVIRONMENT, intent: 'move on', marks: MARKS },
      {
        wait: WAIT,
        signal,
        waiting: () => undefined,
        answerFor: (ticket, acting) => answerFor(moving, ticket, acting),
      },
    );
    log({ what: 'held', self: held.number });
    await moveOn(moving, held);
  } catch (error) {
    if (error instanceof Claimed) return log({ what: 'claimed', by: error.by });
    log({ what: 'error', message: String(error), known: error instanceof PassmusterError });
  } finally {
    // What the registry fails at here is left to whoever comes next.
    await held?.letGo().catch(() => undefined);
  }
}

async function moveOn(moving: Moving, held: Held): Promise<void> {
  const { ledger, log } = moving;
  const self = held.number;
  const from = versionAfter(await ledger.last({ environment: ENVIRONMENT }, signal));
  log({ what: 'found', version: from, places: await look(moving) });
  await held.record({ from, to: self });
  await reach(moving, held, self, self);
  log({ what: 'sealing', self });
  const { digest } = await held.seal('done', { version: self });
  log({ what: 'sealed', self, outcome: 'done', digest });
}

/** Half of them are finished, half put back: which, everybody must come to alike. */
async function answerFor(
  moving: Moving,
  { number, record }: Ticket,
  acting: Acting,
): Promise<Answer> {
  moving.log({ what: 'answering', self: acting.number, of: number });
  const there = placesAt(number);
  const isThere = (await look(moving)).every((value, step) => value === there[step]);
  const forward = isThere || Number(number) % 2 === 0;
  const version = forward ? number : String(record?.['from']);
  await reach(moving, acting, number, version);
  return { outcome: forward ? 'done' : 'put-back', result: { version } };
}

async function reach(moving: Moving, acting: Acting, of: string, version: string): Promise<void> {
  const wanted = placesAt(version);
  for (let effects = 0; effects < MOST_EFFECTS; effects++) {
    const places = await look(moving);
    const step = wanted.findIndex((value, at) => value !== places[at]);
    if (step >= 0) {
      await effect(moving, acting, of, step, wanted[step] ?? '');
      continue;
    }
    await acting.deadlinePassed();
    const after = await look(moving);
    if (wanted.every((value, at) => value === after[at])) return;
  }
  throw new Error('the world does not come to rest');
}

async function effect(
  { registry, model, log, dawdle }: Moving,
  acting: Acting,
  of: string,
  step: number,
  value: string,
): Promise<void> {
  const self = acting.number;
  let isSent = false;
  await dawdle();
  try {
    await acting.effect(async (call) => {
      log({ what: 'effect', self, of, value });
      await dawdle();
      isSent = true;
      await writePlace(registry, model, step, value, call);
    });
    log({ what: 'written', self, value });
  } catch (error) {
    if (!isSent || !(error instanceof RegistryError)) throw error;
    log({ what: 'unsure', self, value });
  }
}

async function look({ registry, model }: Moving): Promise<readonly string[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await lookAtWorld(registry, model);
    } catch (error) {
      if (!(error instanceof RegistryError) || tries === MOST_EFFECTS) throw error;
    }
  }
}
