import { readEntries } from '../view.ts';
import { PROTOCOL, type Protocol, Violation } from './protocol.fixture.ts';
import {
  type Contender,
  type Faults,
  initial,
  keyOf,
  type State,
  type Wish,
} from './state.fixture.ts';
import { isOver, Model } from './steps.fixture.ts';
import { standsAt } from './verb.fixture.ts';

export interface Found {
  readonly states: number;
  readonly ends: number;
  /** The way to the first thing that must never be. */
  readonly violation?: { readonly says: string; readonly trace: readonly string[] };
}

/** Which states were met, by a hash of 64 bits: eight bytes each, whatever their size. */
class Met {
  #high = new Uint32Array(1 << 16);
  #low = new Uint32Array(1 << 16);
  size = 0;

  /** Whether it was new. */
  add(key: string): boolean {
    if (this.size * 3 > this.#high.length * 2) this.#grow();
    const [high, low] = hash(key);
    if (!place(this.#high, this.#low, high, low)) return false;
    this.size++;
    return true;
  }

  #grow(): void {
    const [high, low] = [this.#high, this.#low];
    this.#high = new Uint32Array(high.length * 2);
    this.#low = new Uint32Array(high.length * 2);
    for (const [at, value] of high.entries()) {
      if (value !== 0) place(this.#high, this.#low, value, low[at] ?? 0);
    }
  }
}

function place(highs: Uint32Array, lows: Uint32Array, high: number, low: number): boolean {
  const mask = highs.length - 1;
  let at = low & mask;
  while (highs[at] !== 0) {
    if (highs[at] === high && lows[at] === low) return false;
    at = (at + 1) & mask;
  }
  highs[at] = high;
  lows[at] = low;
  return true;
}

function hash(text: string): readonly [number, number] {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 2654435761);
    two = Math.imul(two ^ code, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return [(one >>> 0) | 1, two >>> 0];
}

interface Frame {
  readonly what: string;
  readonly steps: readonly { readonly what: string; readonly state: State }[];
  at: number;
}

/** Every state that these contenders can bring about with so many faults, each met once. */
export function explore(
  wishes: readonly Wish[],
  faults: Faults,
  protocol: Protocol = PROTOCOL,
): Found {
  const model = new Model(wishes, protocol);
  const met = new Met();
  const first = initial(wishes, faults);
  met.add(keyOf(first));
  let ends = 0;
  const way: Frame[] = [];
  const fail = (error: unknown, last: readonly string[]): Found => {
    if (!(error instanceof Violation)) throw error;
    const trace = [...way.slice(1).map(({ what }) => what), ...last];
    return { states: met.size, ends, violation: { says: error.message, trace } };
  };
  const open = (what: string, state: State): void => {
    const steps = model.steps(state);
    way.push({ what, steps, at: 0 });
    if (state.contenders.every(isOver)) {
      ends++;
      checkEnd(state, wishes, protocol);
    } else if (steps.length === 0) throw new Violation('somebody waits for ever');
  };

  try {
    open('', first);
    for (let frame = way.at(-1); frame !== undefined; frame = way.at(-1)) {
      const step = frame.steps[frame.at++];
      if (step === undefined) {
        way.pop();
        continue;
      }
      if (!met.add(keyOf(step.state))) continue;
      checkAlways(step.state, faults);
      open(step.what, step.state);
    }
  } catch (error) {
    return fail(error, []);
  }
  return { states: met.size, ends };
}

function checkAlways(state: State, faults: Faults): void {
  // Each process that was stopped, and each write under way, may land one stray effect; no other can.
  const excuses = faults.stops - state.left.stops + faults.losses - state.left.losses;
  if (state.strays > excuses) {
    throw new Violation(`${state.strays} effects by somebody who was not the holder any more`);
  }
}

/** When nothing more can happen: everybody knows how it ended, and one more comer finds all in order. */
function checkEnd(state: State, wishes: readonly Wish[], protocol: Protocol): void {
  const mended = oneMore(state, wishes, protocol);
  const view = readEntries(mended.entries);
  const { now } = standsAt(view);
  const stands = mended.world.every((value) => value === now);
  if (!stands && !mended.foreign && mended.strays === 0) {
    throw new Violation(`the world is ${mended.world}, the ledger says ${now}`);
  }
  for (const { over, ticket } of mended.contenders.slice(0, -1)) {
    const own = view.tickets.get(ticket);
    if (over !== 'sealed' || own?.end === mended.seen[ticket]) continue;
    throw new Violation(`ticket ${ticket} reported ${own?.end}; it is ${mended.seen[ticket]}`);
  }
}

function oneMore(state: State, wishes: readonly Wish[], protocol: Protocol): State {
  const model = new Model([...wishes, { to: 8, intent: 'one more' }], protocol);
  const who = wishes.length;
  const one: Contender = { ticket: 0, unsure: false, sealed: false, health: 'up' };
  let now: State = { ...state, contenders: [...state.contenders, one] };
  now = model.land(now, who, { do: 'create' });
  for (let turn = 0; turn < 40; turn++) {
    const looked = model.look(now, who, now.contenders[who] ?? one);
    const due = looked.contenders[who]?.due;
    if (due === undefined) throw new Violation('one more comer waits for ever');
    if (due.do === 'record' || due.do === 'seal') return now;
    now = model.land(looked, who, due);
    const { due: _, ...rest } = now.contenders[who] ?? one;
    now = { ...now, contenders: [...now.contenders.slice(0, -1), rest] };
  }
  throw new Violation('one more comer comes to no end');
}
