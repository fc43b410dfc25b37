import type { Entry } from '../entries.ts';
import { next } from '../next.ts';
import { openIn, outcomeOf, readEntries, standing } from '../view.ts';
import { type Protocol, QUEUE, type Views, Violation } from './protocol.fixture.ts';
import { type ModelTicket, type State, type Write, withContender } from './state.fixture.ts';

function change(state: State, number: number, ticket: Partial<ModelTicket>): State {
  const entries = state.entries.map((entry) =>
    entry.number === number && entry.kind === 'ticket' ? { ...entry, ...ticket } : entry,
  );
  return { ...state, entries };
}

/** What writes do, and what must hold after each of them. */
export class Landing {
  readonly protocol: Protocol;
  readonly #views: (state: State) => Views;

  constructor(protocol: Protocol, views: (state: State) => Views) {
    this.protocol = protocol;
    this.#views = views;
  }

  /** A write takes effect. */
  land(state: State, who: number, write: Write): State {
    const self = state.contenders[who]?.ticket ?? 0;
    const number = state.entries.length + 1;
    const append = (entry: Entry<ModelTicket>): State =>
      this.#witnessed({ ...state, entries: [...state.entries, entry] });
    switch (write.do) {
      case 'create': {
        const ticket = { kind: 'ticket', number, queue: QUEUE, nonce: `${who}`, lease: 1 } as const;
        const created = append({ ...ticket, owner: who, from: 0, to: 0, recorded: false });
        // Of two creations the lower counts, whichever reply came.
        return self === 0 ? withContender(created, who, { ticket: number }) : created;
      }
      case 'claim':
        return append({ kind: 'claim', number, queue: QUEUE, by: self, of: write.of });
      case 'answer': {
        const { of, outcome } = write;
        return append({ kind: 'answer', number, queue: QUEUE, by: self, of, outcome });
      }
      case 'record':
        return change(state, self, { recorded: true, from: write.from, to: write.to });
      case 'seal':
        return this.#witnessed(change(state, self, { end: write.outcome }));
      case 'effect': {
        const world = state.world.map((value, at) => (at === write.place ? write.value : value));
        const stray = this.#isRightful(state, self, write.for) ? 0 : 1;
        return { ...state, world, strays: state.strays + stray };
      }
    }
  }

  /** By the real protocol, whichever is explored. */
  #isRightful(state: State, self: number, of: number): boolean {
    const view =
      this.protocol.readEntries === readEntries
        ? this.#views(state).all
        : readEntries(state.entries);
    if (standing(self, view) !== 'ours' || outcomeOf(view, self) !== undefined) return false;
    const act = next(self, QUEUE, view, new Map());
    return of === self ? act.do === 'hold' : act.do === 'answer' && act.of === of;
  }

  /** Notes each outcome that a reader could see now. */
  #witnessed(state: State): State {
    const { open: some, all: view } = this.#views(state);
    const open = openIn(some, QUEUE).filter((number) => !view.repeated.has(number));
    if (open.join() !== openIn(view, QUEUE).join()) {
      throw new Violation('the open entries alone say something else than all of them');
    }
    const seen = [...state.seen];
    for (const number of view.tickets.keys()) {
      const outcome = this.protocol.outcomeOf(view, number);
      if (outcome === undefined) continue;
      if (seen[number] !== undefined && seen[number] !== outcome) {
        throw new Violation(`ticket ${number} was ${seen[number]} and is ${outcome}`);
      }
      seen[number] = outcome;
    }
    return { ...state, seen };
  }
}
