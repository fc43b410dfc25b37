import { expect } from 'vitest';
import { PassmusterError } from '../errors.ts';
import type { Forge } from '../forge.ts';
import type { Held, Ledger, Request, TakeOptions } from './ledger.ts';
import { openLedger } from './open.ts';
import { type Process, type ProcessOptions, Simulation } from './simulation.fixture.ts';

export const MODEL = 'gpt-custom';
export const LEASE = 12_000;
export const MINUTE = 60_000;

/** One simulated world with the few things that tests ask of it again and again. */
export class Bench {
  readonly simulation: Simulation;

  constructor(seed = 1) {
    this.simulation = new Simulation(seed);
  }

  member(options: Partial<ProcessOptions> & { readonly forge?: Forge } = {}): Member {
    const { forge, ...rest } = options;
    const process = this.simulation.process({ actor: 'alice', ...rest });
    const { registry, clock, host } = process;
    const ledger = openLedger({ registry, clock, host, forge, model: MODEL, lease: LEASE });
    return { process, ledger };
  }

  until<Value>(work: Promise<Value>): Promise<Value> {
    return this.simulation.time.until(work);
  }

  take({ ledger }: Member, more: Partial<TakeOptions & Request> = {}): Promise<Held> {
    return this.until(ledger.take(request(more), options(more)));
  }

  /** A sealed ticket with a record. */
  async done(member: Member, to: string, more: Partial<Request> = {}): Promise<Held> {
    const held = await this.take(member, more);
    await this.until(held.record({ to }));
    await this.until(held.seal('done', { version: to }));
    return held;
  }

  /** Lets so much time pass. */
  pass(milliseconds: number): Promise<void> {
    return this.until(
      new Promise((resolve) => this.simulation.time.after(milliseconds, () => resolve())),
    );
  }
}

export interface Member {
  readonly process: Process;
  readonly ledger: Ledger;
}

export const never = new AbortController().signal;

export const request = (more: Partial<Request>): Request => ({
  queue: more.queue ?? 'moves',
  environment: more.environment ?? (more.queue === 'names' ? '' : 'production'),
  intent: more.intent ?? 'to 1',
  marks: more.marks ?? new Map(),
});

export const options = (more: Partial<TakeOptions>): TakeOptions => ({
  wait: more.wait ?? 10 * MINUTE,
  signal: more.signal ?? never,
  waiting: more.waiting ?? (() => undefined),
  answerFor: more.answerFor ?? (() => Promise.reject(new Error('nobody is to be answered for'))),
});

/** The error that a piece of work ends with. */
export async function errorOf(work: Promise<unknown>): Promise<PassmusterError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PassmusterError);
  if (error instanceof PassmusterError) return error;
  throw error;
}

export const wording = ({ problems }: PassmusterError): string =>
  problems.map(({ message, hint = '' }) => `${message} ${hint}`).join(' ');
