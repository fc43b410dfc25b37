import type { Entry } from '../entries.ts';
import type { Life } from '../life.ts';
import type { View } from '../view.ts';
import { Landing } from './landing.fixture.ts';
import { PROTOCOL, type Protocol, QUEUE, type Views, views } from './protocol.fixture.ts';
import {
  type Contender,
  type Faults,
  FOREIGN,
  type ModelTicket,
  type State,
  type Wish,
  type Write,
  withContender,
} from './state.fixture.ts';
import { answerFor, carryOn } from './verb.fixture.ts';

export interface Step {
  readonly what: string;
  readonly state: State;
}

const DEAD: Life = { unchangedFor: Number.POSITIVE_INFINITY, gone: false };

const without = <T>(list: readonly T[], index: number): readonly T[] =>
  list.filter((_, at) => at !== index);

const spend = (state: State, fault: keyof Faults): State => ({
  ...state,
  left: { ...state.left, [fault]: state.left[fault] - 1 },
});

export const isOver = (one: Contender | undefined): boolean =>
  one === undefined || one.health === 'down' || one.over !== undefined;

/** All that may happen next. */
export class Model {
  readonly protocol: Protocol;
  readonly wishes: readonly Wish[];

  readonly #read: (state: State) => Views;
  readonly #landing: Landing;

  constructor(wishes: readonly Wish[], protocol: Protocol = PROTOCOL) {
    this.protocol = protocol;
    this.wishes = wishes;
    this.#read = views(protocol);
    this.#landing = new Landing(protocol, this.#read);
  }

  /** A write takes effect. */
  land(state: State, who: number, write: Write): State {
    return this.#landing.land(state, who, write);
  }

  steps(state: State): Step[] {
    const steps: Step[] = [];
    for (const who of this.wishes.keys()) this.#contender(state, who, steps);
    for (const [at, { by, write }] of state.late.entries()) {
      const rest = { ...state, late: without(state.late, at) };
      steps.push({ what: `late ${by} ${say(write)}`, state: this.land(rest, by, write) });
      // Its deadline, which its author waits for. All else that never lands is one that lands too late.
      const awaited = write.do === 'effect' && !isOver(state.contenders[by]);
      if (awaited) steps.push({ what: `dropped ${by} ${say(write)}`, state: rest });
    }
    if (state.left.foreign > 0 && !state.contenders.every(isOver)) {
      const world = [...state.world.slice(0, -1), FOREIGN];
      steps.push({ what: 'foreign', state: { ...spend(state, 'foreign'), world, foreign: true } });
    }
    return steps;
  }

  #contender(state: State, who: number, steps: Step[]): void {
    const one = state.contenders[who];
    if (one === undefined || isOver(one)) return;
    const add = (what: string, to: State) => steps.push({ what: `${who} ${what}`, state: to });
    if (one.health === 'stopped') {
      add('wakes up', withContender(state, who, { health: 'up' }));
    } else if (one.due !== undefined && !one.unsure) {
      add(say(one.due), this.#sent(state, who, one.due));
    } else {
      const seen = this.look(state, who, one);
      if (seen !== state) add('looks', seen);
      if (state.left.quits > 0 && this.#mayQuit(state, one)) {
        const due: Write = { do: 'seal', outcome: 'void' };
        add('gives up', withContender(spend(state, 'quits'), who, { due }));
      }
    }
    this.#faults(state, who, one, add);
  }

  #faults(
    state: State,
    who: number,
    one: Contender,
    add: (what: string, to: State) => unknown,
  ): void {
    const { left } = state;
    const due = one.due;
    if (left.crashes > 0) {
      const { due: _, ...rest } = one;
      const down = { ...rest, health: 'down' as const, unsure: false };
      const crashed = {
        ...spend(state, 'crashes'),
        contenders: state.contenders.map((other, at) => (at === who ? down : other)),
      };
      add('crashes', crashed);
      if (left.losses > 0 && due !== undefined && !one.unsure) {
        const late = [...state.late, { by: who, write: due }];
        add('crashes, its write under way', { ...spend(crashed, 'losses'), late });
      }
    }
    if (left.stops > 0 && one.health === 'up') {
      add('stops', withContender(spend(state, 'stops'), who, { health: 'stopped' }));
    }
    if (left.losses > 0 && one.health === 'up' && due !== undefined && !one.unsure) {
      const doubtful = this.#doubtful(spend(state, 'losses'), who, due);
      add(`${say(due)}, reply lost`, this.land(doubtful, who, due));
      const late = [...state.late, { by: who, write: due }];
      add(`${say(due)}, under way`, { ...doubtful, late });
    }
  }

  /** Without a reply: an effect is judged by the world, all else is sent again until it is read back. */
  #doubtful(state: State, who: number, due: Write): State {
    const unsure = due.do !== 'effect' && (this.protocol.repeats || due.do === 'create');
    const contenders = state.contenders.map((one, at) => {
      if (at !== who) return one;
      const { due: _, ...rest } = one;
      return unsure ? { ...rest, due, unsure } : rest;
    });
    return { ...state, contenders };
  }

  #mayQuit(state: State, one: Contender): boolean {
    if (one.ticket === 0 || one.sealed || one.due !== undefined) return false;
    const view = this.#read(state).open;
    const owes = [...view.answerers].some(
      ([number, by]) => by === one.ticket && !view.answers.has(number),
    );
    return !owes && !view.tickets.get(one.ticket)?.recorded && !view.answerers.has(one.ticket);
  }

  #sent(state: State, who: number, due: Write): State {
    const landed = this.land(state, who, due);
    const contenders = landed.contenders.map((one, at) => {
      if (at !== who) return one;
      const { due: _, ...rest } = one;
      return due.do === 'seal' ? { ...rest, sealed: true } : rest;
    });
    const done = { ...landed, contenders };
    if (due.do === 'seal' && !this.protocol.looksAfterSealing) {
      return withContender(done, who, { over: 'sealed' });
    }
    if (due.do !== 'effect' || this.protocol.looksBeforeEffects) return done;
    // The broken one: the next effect is decided from the world alone.
    const own = state.entries[due.for - 1];
    const wish = this.wishes[who];
    if (own?.kind !== 'ticket' || wish === undefined || own.owner !== who) return done;
    const view = this.#read(landed).all;
    const more = carryOn(own, wish, view, landed.world);
    return more.do === 'effect' ? withContender(done, who, { due: more }) : done;
  }

  /** A look at ledger and world, and what follows from it. The same state when that is to wait. */
  look(state: State, who: number, one: Contender): State {
    if (one.unsure) return this.#lookFor(state, who, one);
    const { next, standing } = this.protocol;
    const wish = this.wishes[who];
    const { open: view, all } = this.#read(state);
    if (wish === undefined) return state;
    if (one.sealed) {
      const over = standing(one.ticket, view) === 'ours' ? 'sealed' : 'claimed';
      return withContender(state, who, { over });
    }
    const act = next(one.ticket, QUEUE, view, this.#pulse(state, view));
    if (act.do === 'stop') return withContender(state, who, { over: 'claimed' });
    if (act.do === 'wait') return state;
    if (act.do === 'claim') return withContender(state, who, { due: act });
    // Claimed tickets that sealed themselves are not open any more, and read one by one.
    const ticket = state.entries[(act.do === 'answer' ? act.of : one.ticket) - 1];
    if (ticket?.kind !== 'ticket') throw new Error('no such ticket');
    const due =
      act.do === 'answer'
        ? answerFor(ticket, wish, this.wishes, state.world)
        : carryOn(ticket, wish, all, state.world);
    const ends = due.do === 'answer' || due.do === 'seal';
    if (ends && state.late.some(({ by, write }) => by === who && write.do === 'effect')) {
      return state;
    }
    return withContender(state, who, { due });
  }

  /** Whether what was sent without a reply can be read back; if not, it is sent again. */
  #lookFor(state: State, who: number, one: Contender): State {
    const due = one.due;
    if (due === undefined) return state;
    const found = state.entries.find((entry) => isRead(entry, who, one, due));
    if (found === undefined) return withContender(state, who, { unsure: false });
    const { due: _, ...rest } = one;
    const known: Contender = {
      ...rest,
      unsure: false,
      ticket: due.do === 'create' ? found.number : one.ticket,
      sealed: one.sealed || due.do === 'seal',
    };
    return {
      ...state,
      contenders: state.contenders.map((other, at) => (at === who ? known : other)),
    };
  }

  #pulse(state: State, view: View<ModelTicket>): Map<number, Life> {
    const pulse = new Map<number, Life>();
    for (const { number, owner } of view.tickets.values()) {
      const contender = state.contenders[owner];
      // One that has ended renews no more either, such as a repeated creation that came late.
      if (
        contender?.health !== 'up' ||
        contender.over !== undefined ||
        contender.ticket !== number
      ) {
        pulse.set(number, DEAD);
      }
    }
    return pulse;
  }
}

function isRead(entry: Entry<ModelTicket>, who: number, one: Contender, due: Write): boolean {
  if (entry.kind === 'ticket') {
    if (entry.owner !== who) return false;
    if (due.do === 'create') return true;
    if (entry.number !== one.ticket) return false;
    return (
      (due.do === 'record' && entry.recorded) || (due.do === 'seal' && entry.end !== undefined)
    );
  }
  if (entry.by !== one.ticket) return false;
  if (entry.kind === 'claim') return due.do === 'claim' && due.of.join() === entry.of.join();
  return due.do === 'answer' && due.of === entry.of;
}

export function say(write: Write): string {
  const { do: name, ...rest } = write;
  return `${name} ${Object.values(rest).join(' ')}`.trim();
}
