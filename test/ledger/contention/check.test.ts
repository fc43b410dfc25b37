import { openLedger } from '@passmuster/core/ledger/open.ts';
import { Simulation } from '@passmuster/core/ledger/simulation.fixture.ts';
import { beforeAll, expect, test } from 'vitest';
import { check, type Ending } from './check.ts';
import { endingOf } from './ending.ts';
import type { Event, Happening } from './events.ts';
import { move } from './mover.ts';
import { watched } from './watched.ts';
import { makeWorld, placesAt } from './world.ts';

const MODEL = 'gpt-custom';
const LEASE = 12_000;
const STOPPED_MS = 60_000;
const never = new AbortController().signal;

let events: readonly Event[];
let ending: Ending;

/** Three processes in a simulation, the first of which is stopped when it is about to write. */
beforeAll(async () => {
  const simulation = new Simulation(1);
  const { time } = simulation;
  const written: Event[] = [];

  async function mover(who: string, after: number): Promise<void> {
    const process = simulation.process({ actor: who });
    const { clock, host } = process;
    const log = (happening: Happening): void => {
      written.push({ ...happening, who, at: time.now });
      const isFirst = written.filter(({ what }) => what === 'effect').length === 1;
      if (happening.what === 'effect' && isFirst) process.stop(STOPPED_MS);
    };
    const registry = watched(process.registry, log);
    const ledger = openLedger({ registry, clock, host, model: MODEL, lease: LEASE });
    const dawdle = () => clock.sleep(10, never);
    await clock.sleep(after, never);
    await move({ registry, ledger, model: MODEL, log, dawdle });
  }

  const { registry, clock, host } = simulation.process({ actor: 'reader' });
  await time.until(makeWorld(registry, MODEL));
  await time.until(Promise.all([mover('a', 0), mover('b', 5_000), mover('c', 10_000)]));
  await time.until(mover('d', 0));
  const ledger = openLedger({ registry, clock, host, model: MODEL, lease: LEASE });
  ending = await time.until(endingOf(registry, ledger, MODEL));
  events = written;
});

test('what the ledger promises is found kept, and the one late write counted', () => {
  const { problems, figures } = check(events, ending);
  expect(problems).toEqual([]);
  expect(figures).toMatchObject({ holds: 4, claims: 1, lateWrites: 1, errors: [] });
  expect(events.filter(({ what }) => what === 'claimed')).toMatchObject([{ who: 'a' }]);
});

interface Story {
  readonly events: readonly Event[];
  readonly ending: Ending;
}

const only = <What extends Event['what']>(what: What, of: Story): (Event & { what: What })[] =>
  of.events.filter((event): event is Event & { what: What } => event.what === what);

const at = <Value>(values: readonly Value[], index: number): Value => {
  const value = values.at(index);
  if (value === undefined) throw new Error('the story is shorter than that');
  return value;
};

const moved = (story: Story, event: Event, to: number): Story => ({
  ...story,
  events: story.events.map((one) => (one === event ? { ...one, at: to } : one)),
});

const and = (story: Story, ...more: Event[]): Story => ({
  ...story,
  events: [...story.events, ...more],
});

const ended = (story: Story, change: Partial<Ending>): Story => ({
  ...story,
  ending: { ...story.ending, ...change },
});

/** A write of a process, and its reply. */
const write = (who: string, self: string, when: number, value: string): Event[] => [
  { what: 'effect', self, of: self, value, who, at: when },
  { what: 'written', self, value, who, at: when + 1 },
];

const LIES: readonly (readonly [string, (story: Story) => Story, RegExp])[] = [
  [
    'two hold at once',
    (story) => moved(story, at(only('held', story), -1), at(only('sealing', story), -2).at - 1),
    /still held for 1\.0 ms/,
  ],
  [
    'one comes before its turn',
    (story) => moved(story, at(only('held', story), -1), 0),
    /had its turn after/,
  ],
  [
    'one writes after it has begun to seal',
    (story) => {
      const { who, self, at: when } = at(only('sealing', story), -1);
      return and(story, ...write(who, self, when + 5, `${self}:0`));
    },
    /wrote .* out of turn/,
  ],
  [
    'one writes before its turn',
    (story) => and(story, ...write('c', '9', 0, '9:0')),
    /9 wrote 9:0 out of turn/,
  ],
  [
    'who was claimed writes twice',
    (story) => {
      const { who, at: when } = at(only('claimed', story), 0);
      const { self } = at(only('effect', story), 0);
      return and(story, ...write(who, self, when - 2, `${self}:1`));
    },
    /wrote 2 times after it had been claimed/,
  ],
  [
    'somebody else has written',
    (story) => ended(story, { places: placesAt('7') }),
    /7:0 stands where .*:0 should/,
  ],
  [
    'an answer is missing',
    (story) =>
      ended(story, { entries: story.ending.entries.filter(({ kind }) => kind !== 'answer') }),
    /has no outcome/,
  ],
  [
    'a seal is another than was written',
    (story) => {
      const last = at(only('sealed', story), -1);
      return { ...story, events: [...story.events, { ...last, digest: 'sha256:0' }] };
    },
    /was sealed done, and is/,
  ],
  [
    'a reader sees another outcome',
    ({ ending: { found, ...rest }, events: all }) => ({
      events: all,
      ending: { ...rest, found: found.map((ticket) => ({ ...ticket, outcome: 'stopped' })) },
    }),
    /the search by marks says/,
  ],
  [
    'the history has lost its end',
    (story) => ended(story, { sealed: story.ending.sealed.slice(0, -1) }),
    /the history says/,
  ],
  ['the chain is broken', (story) => ended(story, { problems: ['a gap'] }), /a gap/],
  [
    'a bug',
    (story) => and(story, { what: 'error', message: 'TypeError', known: false, who: 'a', at: 0 }),
    /TypeError/,
  ],
];

test.each(LIES)('%s: found out', (_, lie, problem) => {
  const told = lie({ events, ending });
  expect(check(told.events, told.ending).problems.join('\n')).toMatch(problem);
});
