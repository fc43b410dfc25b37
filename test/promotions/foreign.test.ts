import { recordedBy } from '@passmuster/core/promotions/live.ts';
import { describe, expect, test } from 'vitest';
import { rounds } from '../rounds.ts';
import { isRepeated, type Scenario, scenarios } from './scenarios.fixture.ts';
import { standing } from './truth.fixture.ts';
import { ENVIRONMENT, MODEL } from './wishes.fixture.ts';
import { type Ended, SERVERS, type World } from './world.fixture.ts';

/** What a hand may do in MLflow's page: set the alias, fill the stage, or put a second one into it. */
const HANDS = ['alias', 'stage', 'crowd'] as const;
type Hand = (typeof HANDS)[number];

/** Nobody else's version. */
const THEIRS = '4';

/** What looks at the place that a hand changes, and what writes to it blindly. */
const LOOKS = { alias: `model ${MODEL}`, stage: `versions ${MODEL}`, crowd: `versions ${MODEL}` };
const WRITES = { alias: 'setAlias', stage: 'moveToStage', crowd: 'moveToStage' };

interface Happened {
  readonly world: World;
  readonly ended: Ended;
  /** What took effect, in order. */
  readonly effects: readonly string[];
}

/** The run, and a hand that comes right before one of its calls takes effect. */
async function happened(scenario: Scenario, at: number, hand: Hand): Promise<Happened> {
  const world = scenario.start.copy();
  const effects: string[] = [];
  world.watch = (name) => {
    if (effects.push(name) === at + 1) world.byHand(hand, THEIRS);
  };
  const ended = await world.run(scenario.wish);
  world.watch = () => {};
  return { world, ended, effects };
}

const isTheirs = (world: World, hand: Hand): boolean =>
  hand === 'alias' ? world.alias === THEIRS : world.inStage.split(' ').includes(THEIRS);

/**
 * Whether it comes after the last look at its place and not after the write that goes by that look: what cannot
 * be guaranteed without a registry that compares before it sets.
 */
function isInWindow(effects: readonly string[], at: number, hand: Hand): boolean {
  const write = effects.indexOf(WRITES[hand]);
  const look = effects.lastIndexOf(LOOKS[hand], write);
  return write >= 0 && look < at && at <= write;
}

/** Whether somebody is told: by how it ended, by its record, or by whoever looks next. */
async function isTold({ world, ended }: Happened): Promise<boolean> {
  if (['stopped', 'refused', 'conflict'].includes(ended.how)) return true;
  // It was there before anything was decided, and is what was moved away from.
  if (ended.from === THEIRS) return true;
  const whole = await world.ledger();
  const { sealed } = whole.history({ environment: ENVIRONMENT });
  const displaced = sealed.at(-1)?.result?.['displaced'];
  if (Array.isArray(displaced) && displaced.includes(THEIRS)) return true;
  expect(ended.how).toMatch(/^(promoted|rolled-back)$/);
  expect(sealed.at(-1)?.outcome).toBe('done');
  return standing(world, whole, ENVIRONMENT).kind === 'unclear';
}

/** Whoever comes next leaves it where it is, until somebody has put it back to what the ledger says. */
async function expectLeft(scenario: Scenario, world: World, hand: Hand): Promise<void> {
  const again = await world.run(scenario.wish);
  // Where nothing is on record yet, that is what was found there.
  if (again.from === THEIRS) return;
  expect(['conflict', 'refused']).toContain(again.how);
  expect(isTheirs(world, hand)).toBe(true);
  const { sealed } = (await world.ledger()).history({ environment: ENVIRONMENT });
  const number = recordedBy(sealed.at(-1))?.party?.number ?? scenario.from;
  if (world.has('aliases')) world.byHand('alias', number);
  if (world.has('stages')) world.byHand('stage', number);
  const last = await world.run(scenario.wish);
  expect(last.how).toMatch(/^(promoted|rolled-back|unchanged)$/);
  expect(world.live).toEqual([scenario.to]);
}

/** Tries one moment; what it came before, where the hand's value is lost. */
async function tryMoment(scenario: Scenario, at: number, hand: Hand): Promise<string | undefined> {
  const it = await happened(scenario, at, hand);
  const { world, ended, effects } = it;
  const isLost = isInWindow(effects, at, hand);
  const isBegin = ended.from === THEIRS;
  expect(isTheirs(world, hand), effects.join(', ')).toBe(!isLost && !isBegin);
  // An alias is set blindly; what is archived along with a move is told.
  expect(await isTold(it)).toBe(!(isLost && hand === 'alias'));
  if (!isLost && !isBegin) await expectLeft(scenario, world, hand);
  return isLost ? effects[at] : undefined;
}

const isAll = rounds(10).numRuns === 10;

/** What comes between the look at a place and the write to it: the other looks, and the write itself. */
const LOST: Readonly<Record<Hand, readonly string[]>> = {
  alias: ['setAlias', 'versions', `versions ${MODEL}`],
  stage: [`model ${MODEL}`, 'moveToStage', 'versions'],
  crowd: [`model ${MODEL}`, 'moveToStage', 'versions'],
};

/** In how many moments of a move a hand was tried, and before which of its calls the value is lost. */
async function tryAll(scenario: Scenario, hand: Hand, lost: Set<string>): Promise<number> {
  const { effects } = await happened(scenario, -1, hand);
  for (const [at, effect] of effects.entries()) {
    const before = await tryMoment(scenario, at, hand).catch((error: unknown) => {
      const where = `${scenario.name}: ${hand} before effect ${at}, ${effect}`;
      throw new Error(where, { cause: error });
    });
    if (before !== undefined) lost.add(before);
  }
  return effects.length;
}

describe.each(SERVERS)('on a server with %s', (server, lacks) => {
  const hasAliases = !lacks.includes('aliases');
  const hands = HANDS.filter((hand) =>
    hand === 'alias' ? hasAliases : !lacks.includes('stages') && (isAll || hand === 'stage'),
  );

  test.each(hands)(
    'a hand on the %s at any moment is told of, and its value survives but for the last before a write',
    { timeout: 600_000 },
    async (hand) => {
      let tried = 0;
      const lost = new Set<string>();
      for (const scenario of await scenarios(lacks)) {
        if (isAll || !isRepeated(scenario)) tried += await tryAll(scenario, hand, lost);
      }
      // In which order the looks come that go together is chance: a few moves do not show all.
      expect(lost).toContain(WRITES[hand]);
      expect([...lost].filter((call) => !LOST[hand].includes(call))).toEqual([]);
      if (isAll) expect(lost.size).toBe(LOST[hand].length);
      process.stdout.write(`${server}: ${tried} moments for a hand on the ${hand}\n`);
    },
  );
});
