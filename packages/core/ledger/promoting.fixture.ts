import { RegistryError } from '../registry/error.ts';
import { decode } from './decode.ts';
import {
  type Acting,
  type Answer,
  Claimed,
  type Held,
  type Ledger,
  type Ticket,
} from './ledger.ts';
import { ledgerName } from './name.ts';
import { openLedger } from './open.ts';
import { next } from './protocol/next.ts';
import { outcomeOf, standing } from './protocol/view.ts';
import type { Process, Simulation } from './simulation.fixture.ts';
import { readWritten } from './written.ts';

export const MODEL = 'gpt-custom';
export const ENVIRONMENT = 'production';

/** The places that a model moves to one after the other, and who wrote to them without being the holder any more. */
export interface World {
  readonly places: string[];
  strays: number;
}

export const newWorld = (): World => ({ places: ['0', '0', '0', '0'], strays: 0 });

export type End = 'done' | 'refused' | 'stopped' | 'claimed' | 'failed';

/** A small promotion, with all that the ledger asks of one. */
export class Promotion {
  readonly #simulation: Simulation;
  readonly #world: World;
  readonly #process: Process;
  readonly #to: string;
  readonly #lease: number;

  constructor(
    simulation: Simulation,
    world: World,
    process: Process,
    { to, lease }: { readonly to: string; readonly lease: number },
  ) {
    this.#simulation = simulation;
    this.#world = world;
    this.#process = process;
    this.#to = to;
    this.#lease = lease;
  }

  async run(wait: number, signal = new AbortController().signal): Promise<End> {
    const { registry, clock, host } = this.#process;
    const ledger = openLedger({ registry, clock, host, model: MODEL, lease: this.#lease });
    const request = {
      queue: 'moves' as const,
      environment: ENVIRONMENT,
      intent: `to ${this.#to}`,
      marks: new Map([['to', this.#to]]),
    };
    let held: Held | undefined;
    try {
      held = await ledger.take(request, {
        wait,
        signal,
        waiting: () => undefined,
        answerFor: (ticket, acting) => this.#answerFor(ticket, acting),
      });
      return await this.#promote(held, ledger, signal);
    } catch (error) {
      if (error instanceof Claimed) return 'claimed';
      if (error instanceof RegistryError) return 'failed';
      throw error;
    } finally {
      await held?.letGo();
    }
  }

  async #promote(held: Held, ledger: Ledger, signal: AbortSignal): Promise<End> {
    const last = await ledger.last({ environment: ENVIRONMENT }, signal);
    const from = String(last?.result?.['version'] ?? '0');
    const places = await this.#look();
    if (places.some((value) => value !== from)) {
      await held.seal('void', {});
      return 'refused';
    }
    await held.record({ from, to: this.#to });
    const reached = await this.#reach(held, held.number, from, this.#to);
    await held.seal(reached ? 'done' : 'stopped', { version: reached ? this.#to : from });
    return reached ? 'done' : 'stopped';
  }

  async #answerFor({ number, record }: Ticket, acting: Acting): Promise<Answer> {
    const [from, to] = [String(record?.['from']), String(record?.['to'])];
    const isThere = (await this.#look()).every((value) => value === to);
    const goal = isThere || to === this.#to ? to : from;
    const reached = await this.#reach(acting, number, goal === to ? from : to, goal);
    if (!reached) return { outcome: 'stopped', result: { version: from } };
    return { outcome: goal === to ? 'done' : 'put-back', result: { version: goal } };
  }

  /** Whether all places are at the goal; not when somebody else has put something there. */
  async #reach(acting: Acting, of: string, away: string, goal: string): Promise<boolean> {
    for (let tries = 0; tries < 20; tries++) {
      const places = await this.#look();
      if (places.some((value) => value !== goal && value !== away)) return false;
      const place = places.findIndex((value) => value !== goal);
      if (place < 0) {
        await acting.deadlinePassed();
        if ((await this.#look()).every((value) => value === goal)) return true;
        continue;
      }
      try {
        await acting.effect((call) =>
          this.#process.send('effect', () => this.#write(acting.number, of, place, goal), call),
        );
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error;
      }
    }
    throw new Error('the world does not come to rest');
  }

  async #look(): Promise<readonly string[]> {
    for (;;) {
      try {
        return await this.#process.send('look', () => [...this.#world.places]);
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error;
      }
    }
  }

  #write(self: string, of: string, place: number, value: string): void {
    if (!isRightful(this.#simulation, Number(self), Number(of))) this.#world.strays++;
    this.#world.places[place] = value;
  }
}

/** Whether this ticket may act for that one, by the whole ledger at this moment. */
function isRightful({ store }: Simulation, self: number, of: number): boolean {
  const view = readWritten((store.versions.get(ledgerName(MODEL)) ?? []).map(decode));
  if (standing(self, view) !== 'ours' || outcomeOf(view, self) !== undefined) return false;
  const act = next(self, 'moves', view, new Map());
  return self === of ? act.do === 'hold' : act.do === 'answer' && act.of === of;
}
