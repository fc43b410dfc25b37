import type { Fate } from '@passmuster/core/ledger/simulation.fixture.ts';
import { expect, test } from 'vitest';
import { rounds } from '../rounds.ts';
import { type Scenario, scenarios } from './scenarios.fixture.ts';
import { expectAtRest, keepOneLive, told } from './truth.fixture.ts';
import { LEASE, type Wish } from './wishes.fixture.ts';
import { type Going, SERVERS, type World } from './world.fixture.ts';

/** What becomes of a run at one of its calls. */
const FAULTS = ['dies before', 'dies after', 'reply lost'] as const;
type Fault = (typeof FAULTS)[number];

const FATES: Readonly<Record<Fault, Fate>> = {
  'dies before': 'never arrives',
  'dies after': 'fine',
  'reply lost': 'reply lost',
};

/** The run, with a fault at one call. */
function beginFaulty(world: World, wish: Wish, at: number, fault: Fault): Going {
  let call = 0;
  const going = world.begin(wish, {
    fate: () => {
      if (call++ !== at) return 'fine';
      if (fault !== 'reply lost') going.process.kill();
      return FATES[fault];
    },
  });
  return going;
}

const MOVED = /^(promoted|rolled-back)$/;
const MOVED_OR_THERE = /^(promoted|rolled-back|unchanged)$/;

/** How many calls it makes when nothing happens to it. */
async function callsOf({ start, wish }: Scenario): Promise<number> {
  const world = start.copy();
  const { process, ended } = world.begin(wish);
  expect(await world.until(ended)).toMatchObject({ how: expect.stringMatching(MOVED) });
  return process.calls.length;
}

/** What comes after, and what it must lead to. */
async function sameAgain(world: World, { wish, from, to }: Scenario): Promise<void> {
  const { how } = await world.run(wish);
  expect(how).toMatch(MOVED_OR_THERE);
  const sealed = await expectAtRest(world, from);
  expect(told(sealed).filter((one) => one === `${from} > ${to} done`)).toHaveLength(1);
  expect(told(sealed).filter((one) => one.endsWith('put-back'))).toEqual([]);
  expect(world.live).toEqual([to]);
}

const somethingElse =
  (wish: Wish, live: string | undefined) =>
  async (world: World, { from }: Scenario): Promise<void> => {
    const { how } = await world.run(wish);
    // A rollback of what is not live any more has nothing to do; of what was only found, nowhere to go.
    if (live === undefined) expect(how).toMatch(/^(promoted|rolled-back|unchanged|refused)$/);
    else expect(how).toMatch(MOVED_OR_THERE);
    const sealed = await expectAtRest(world, from);
    if (live === undefined) return;
    expect(['done', 'put-back']).toContain(told(sealed).at(-1)?.split(' ').at(-1));
    expect(world.live).toEqual([live]);
  };

const afterwards = ({ others }: Scenario) =>
  new Map([
    ['the same again', sameAgain],
    ...others.map(([wish, live]) => [wish, somethingElse(wish, live)] as const),
  ]);

const isQuestion = (call = ''): boolean => /^(model|versions|run|has)\b/.test(call);

type After = (world: World, scenario: Scenario) => Promise<void>;

async function tryPoint(scenario: Scenario, at: number, fault: Fault, after: After) {
  const world = scenario.start.copy();
  keepOneLive(world);
  const going = beginFaulty(world, scenario.wish, at, fault);
  const ended = await world.until(going.ended);
  if (fault !== 'reply lost') expect(ended).toBe('died');
  // What is only asked for is asked again by the client, over HTTP; here it ends the run.
  else if (!isQuestion(going.process.calls[at]))
    expect(ended).toMatchObject({ how: expect.stringMatching(MOVED) });
  else expect(['promoted', 'rolled-back', 'upstream']).toContain(ended !== 'died' && ended.how);
  await world.pass(LEASE);
  await after(world, scenario);
}

interface Point {
  readonly name: string;
  readonly go: () => Promise<void>;
}

/** Every call, everything that may happen to it, and everybody who may come next. */
async function pointsOf(scenario: Scenario): Promise<Point[]> {
  const calls = await callsOf(scenario);
  return [...afterwards(scenario)].flatMap(([then, after]) =>
    FAULTS.flatMap((fault) =>
      Array.from({ length: calls }, (_, at) => ({
        name: `${scenario.name}, ${fault} call ${at}, then ${then}`,
        go: () => tryPoint(scenario, at, fault, after),
      })),
    ),
  );
}

test.each(SERVERS)(
  'whatever call a move dies or goes deaf at on a server with %s, whoever comes next finds all of it or none',
  { timeout: 1_200_000 },
  async (server, lacks) => {
    const points = (await Promise.all((await scenarios(lacks)).map(pointsOf))).flat();
    const { numRuns } = rounds(points.length);
    const stride = Math.floor(points.length / numRuns);
    const tried = points.filter((_, at) => at % stride === 0);
    for (const { name, go } of tried) {
      await go().catch((error: unknown) => {
        throw new Error(name, { cause: error });
      });
    }
    const of = `${tried.length} of ${points.length}`;
    process.stdout.write(`${server}: ${of} points of crash and silence\n`);
  },
);
