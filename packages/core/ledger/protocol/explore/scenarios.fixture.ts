import type { Faults, Wish } from './state.fixture.ts';

/** What is explored: who contends, and how much may go wrong. */
export interface Scenario {
  readonly name: string;
  readonly wishes: readonly Wish[];
  readonly faults: Faults;
}

const ONE: Wish = { to: 1, intent: 'to one' };
const TWO: Wish = { to: 2, intent: 'to two' };
const BACK: Wish = { to: 'back', intent: 'back' };

const NO_FAULTS: Faults = { crashes: 0, stops: 0, losses: 0, foreign: 0, quits: 0 };

export function scenario(wishes: readonly Wish[], faults: Partial<Faults>): Scenario {
  const said = Object.entries(faults).map(([fault, count]) => `${fault} ${count}`);
  const intents = wishes.map(({ intent }) => intent).join(', ');
  return { name: `${intents}; ${said.join(', ')}`, wishes, faults: { ...NO_FAULTS, ...faults } };
}

const PAIR = [ONE, TWO];
const AGAIN = [ONE, ONE];
const WITH_ROLLBACK = [ONE, TWO, BACK];
const WITH_RETRY = [ONE, TWO, ONE];

/** Small ones that touch every rule. */
export const FEW: readonly Scenario[] = [
  scenario(PAIR, { crashes: 2, foreign: 1 }),
  scenario(PAIR, { crashes: 1, stops: 1, foreign: 1 }),
  scenario(PAIR, { stops: 1, quits: 1, foreign: 1 }),
  scenario(PAIR, { losses: 1, foreign: 1 }),
  scenario(AGAIN, { stops: 1, losses: 1 }),
  scenario(WITH_ROLLBACK, { crashes: 2 }),
  scenario(WITH_RETRY, { crashes: 2 }),
  scenario(WITH_ROLLBACK, { losses: 1 }),
  scenario(WITH_ROLLBACK, { crashes: 1, quits: 1 }),
  scenario(WITH_ROLLBACK, { stops: 1 }),
  scenario(WITH_RETRY, { crashes: 1, foreign: 1 }),
];

/** All faults, as many together as minutes allow. */
export const MANY: readonly Scenario[] = [
  scenario(PAIR, { crashes: 1, stops: 1, losses: 1, foreign: 1 }),
  scenario(WITH_ROLLBACK, { crashes: 2, stops: 1, foreign: 1 }),
  scenario(WITH_RETRY, { crashes: 2, stops: 1 }),
  scenario(WITH_ROLLBACK, { crashes: 2, foreign: 1, quits: 1 }),
  scenario(WITH_ROLLBACK, { crashes: 1, losses: 1 }),
  scenario(WITH_RETRY, { crashes: 1, losses: 1 }),
];

export const CRASH_AND_STOP = scenario(WITH_ROLLBACK, { crashes: 1, stops: 1 });
export const LOSS_AND_FOREIGN = scenario(PAIR, { losses: 1, foreign: 1 });
export const STOP_AND_FOREIGN = scenario(PAIR, { stops: 1, foreign: 1 });
export const CRASH_STOP_FOREIGN = scenario(PAIR, { crashes: 1, stops: 1, foreign: 1 });
