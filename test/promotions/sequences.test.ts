import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import type { Fate } from '@passmuster/core/ledger/simulation.fixture.ts';
import { hasMoved, recordedBy } from '@passmuster/core/promotions/live.ts';
import { moveOf } from '@passmuster/core/promotions/record.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../rounds.ts';
import { expectLinear, standing } from './truth.fixture.ts';
import { ENVIRONMENT, LEASE, MINUTE, type Wish } from './wishes.fixture.ts';
import { SERVERS, World } from './world.fixture.ts';

type Hand = 'alias' | 'stage' | 'crowd';

/** What happens in one world, one after the other. */
type Event =
  | { readonly kind: 'run'; readonly wish: Wish }
  /** Two at once, the second so many milliseconds later. */
  | { readonly kind: 'both'; readonly wishes: readonly [Wish, Wish]; readonly after: number }
  | { readonly kind: 'crash'; readonly wish: Wish; readonly at: number; readonly arrives: boolean }
  | { readonly kind: 'signal'; readonly wish: Wish; readonly at: number }
  | { readonly kind: 'deaf'; readonly wish: Wish; readonly at: number; readonly fate: Fate }
  | { readonly kind: 'hand'; readonly hand: Hand; readonly number: string }
  /** A hand puts it back to what the ledger says. */
  | { readonly kind: 'mended' };

const CALLS = 30;
const numbers = fc.constantFrom('1', '2', '3', '4');
const wishes: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 3, arbitrary: numbers.map((number) => `promote ${number}`) },
  { weight: 1, arbitrary: numbers.map((number) => `again ${number}`) },
  { weight: 2, arbitrary: fc.constantFrom('rollback', 'rollback 1', 'rollback 2') },
  { weight: 1, arbitrary: fc.constant('settle') },
);
const at = fc.nat(CALLS);

const events: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('run' as const), wish: wishes }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('both' as const),
      wishes: fc.tuple(wishes, wishes),
      after: fc.nat(400),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      wish: wishes,
      at,
      arrives: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('signal' as const), wish: wishes, at }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('deaf' as const),
      wish: wishes,
      at,
      fate: fc.constantFrom<Fate>('reply lost', 'never arrives'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('hand' as const),
      hand: fc.constantFrom<Hand>('alias', 'stage', 'crowd'),
      // Or nobody: the place is emptied.
      number: fc.oneof({ weight: 3, arbitrary: numbers }, fc.constant('')),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('mended' as const) }) },
);

const runOf = (wish: Wish): Event => ({ kind: 'run', wish });

/** Whoever is in staging may go on to production, and come back from there. */
const chained = fc.record({
  server: fc.constantFrom(...SERVERS.map(([server]) => server)),
  seed: fc.nat(),
  events: fc.array(
    events
      .filter(({ kind }) => kind !== 'hand' && kind !== 'mended')
      .chain((event) =>
        numbers.chain((number) =>
          fc.constantFrom<readonly Event[]>(
            [event, runOf(`stage ${number}`)],
            [event, runOf(`stage ${number}`), runOf(`again ${number}`)],
            [runOf(`stage ${number}`), runOf(`again ${number}`), event],
          ),
        ),
      ),
    { minLength: 2, maxLength: 5 },
  ),
});

const histories = fc.record({
  server: fc.constantFrom(...SERVERS.map(([server]) => server)),
  seed: fc.nat(),
  events: fc.array(events, { minLength: 4, maxLength: 10 }),
});

/** What the ledger says is there; nothing while it says nothing. */
async function recordedIn(world: World): Promise<string | undefined> {
  const { sealed } = (await world.ledger()).history({ environment: ENVIRONMENT });
  const recorded = recordedBy(sealed.at(-1));
  return recorded && (recorded.party?.number ?? '');
}

function byHand(world: World, hand: Hand, number: string): void {
  if (world.has(hand === 'alias' ? 'aliases' : 'stages')) world.byHand(hand, number);
}

async function mended(world: World): Promise<void> {
  const number = (await recordedIn(world)) ?? '1';
  byHand(world, 'alias', number);
  byHand(world, 'stage', number);
}

/** One run to which something happens at one of its calls. */
async function faulty(world: World, wish: Wish, when: number, fate: Fate, go: Go): Promise<void> {
  let call = 0;
  const ending = new AbortController();
  const going = world.begin(
    wish,
    {
      fate: () => {
        if (call++ !== when) return 'fine';
        if (go === 'dies') going.process.kill();
        if (go === 'is told to end') ending.abort(new Error('SIGTERM'));
        return fate;
      },
    },
    ending.signal,
  );
  await world.until(going.ended.catch((error: unknown) => expectAsked(error, ending.signal)));
}

type Go = 'dies' | 'goes on' | 'is told to end';

function expectAsked(error: unknown, { reason }: AbortSignal): void {
  if (error !== reason) throw error;
}

async function happen(world: World, event: Event): Promise<void> {
  switch (event.kind) {
    case 'run':
      await world.run(event.wish);
      return;
    case 'both': {
      const [one, other] = event.wishes;
      const first = world.begin(one).ended;
      await world.pass(event.after);
      await world.until(Promise.all([first, world.begin(other, { actor: 'bob' }).ended]));
      return;
    }
    case 'crash':
      return faulty(world, event.wish, event.at, event.arrives ? 'fine' : 'never arrives', 'dies');
    case 'signal':
      return faulty(world, event.wish, event.at, 'fine', 'is told to end');
    case 'deaf':
      return faulty(world, event.wish, event.at, event.fate, 'goes on');
    case 'hand':
      return byHand(world, event.hand, event.number);
    case 'mended':
      return mended(world);
  }
}

/** The places at which the version of an environment was left, by the last move that came about. */
function leftAt(sealed: readonly Ticket[]): ReadonlySet<string> {
  const last = sealed.findLast(({ outcome }) => hasMoved(outcome));
  if (last) return new Set(Object.keys(moveOf(last)?.marked ?? {}));
  // It was found there, and what was to change says where.
  const { from, steps = [] } = (sealed[0] && moveOf(sealed[0])) ?? {};
  const found = steps.filter(({ before }) => from !== undefined && before === from.number);
  return new Set(found.map(({ kind }) => kind));
}

/** Whether alias and stage say what the ledger says, as far as this server has them. */
function agrees(world: World, sealed: readonly Ticket[]): boolean {
  const recorded = recordedBy(sealed.at(-1))?.party?.number ?? '';
  const left = leftAt(sealed);
  const places = [
    ...(world.has('aliases') ? [{ kind: 'alias', value: world.alias }] : []),
    ...(world.has('stages') ? [{ kind: 'stage', value: world.inStage }] : []),
  ];
  const isSaid = places.some(({ value }) => value === recorded);
  const isRight = places.every(
    ({ kind, value }) => value === recorded || (value === '' && !left.has(kind)),
  );
  return isSaid && isRight;
}

async function expectStatus(world: World, sealed: readonly Ticket[]): Promise<void> {
  const { outcome, version } = await world.status();
  const number = recordedBy(sealed.at(-1))?.party?.number ?? '';
  expect(outcome).toBe(agrees(world, sealed) ? 'agrees' : 'disagrees');
  expect(version).toBe(agrees(world, sealed) ? number : '');
}

/** The ledger is whole, and what is told of the environment is so. */
async function expectTruth(world: World, isTouched: boolean): Promise<void> {
  const whole = await world.ledger();
  const { sealed, problems } = whole.history({ environment: ENVIRONMENT });
  expect(problems).toEqual([]);
  expectLinear(sealed);
  if (!isTouched) expect(world.inStage.split(' ').length).toBe(1);
  const recorded = recordedBy(sealed.at(-1));
  if (whole.open.length > 0 || recorded === undefined) return;
  await expectStatus(world, sealed);
  const number = recorded.party?.number ?? '';
  const told = standing(world, whole, ENVIRONMENT);
  expect(told.kind !== 'unclear', JSON.stringify(told)).toBe(agrees(world, sealed));
  if (told.kind === 'version') expect(told.version.number).toBe(number);
  // Without a hand in it there is nothing to disagree.
  if (!isTouched) expect(agrees(world, sealed)).toBe(true);
}

/** Whether a hand changes something, or somebody takes what a hand has changed for what is to be. */
const isOurs = (event: Event): boolean =>
  event.kind === 'hand' || event.kind === 'mended' || JSON.stringify(event).includes('settle');

const wants = (event: Event, number: string): boolean =>
  JSON.stringify(event).includes(`promote ${number}"`) ||
  JSON.stringify(event).includes(`again ${number}"`);

let tried = 0;

test('whatever happens one after the other, the ledger is whole and what is told is so', {
  timeout: 1_200_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ server, seed, events: list }) => {
      const [, lacks = []] = SERVERS.find(([name]) => name === server) ?? [];
      const world = World.withVersions(lacks).copy(seed);
      let isTouched = false;
      for (const event of list) {
        const before = [world.alias, world.inStage];
        const recorded = await recordedIn(world);
        const whole = await world.ledger();
        const { sealed } = whole.history({ environment: ENVIRONMENT });
        const isOff = recorded !== undefined && !agrees(world, sealed);
        const hasOpen = whole.open.length > 0;
        await happen(world, event);
        tried++;
        if (event.kind === 'hand') isTouched = true;
        // Where nothing is under way and something is on record, all is as the ledger says.
        if (event.kind === 'mended') isTouched = hasOpen || recorded === undefined;
        // What disagrees is left as it is, by every run but one that wants what the ledger says.
        if (isOff && !hasOpen && !isOurs(event) && !wants(event, recorded)) {
          expect([world.alias, world.inStage]).toEqual(before);
        }
        await expectTruth(world, isTouched);
        await world.pass(2 * LEASE);
      }
      // Whatever was left, one who comes last brings it to rest.
      await world.run('again 4');
      await mended(world);
      await world.pass(MINUTE);
      const last = await world.run('again 3');
      expect(['promoted', 'unchanged']).toContain(last.how);
      expect(world.live).toEqual(['3']);
      expect((await world.ledger()).open).toEqual([]);
    }),
    rounds(1_000),
  );
  process.stdout.write(`${tried} events in histories of ours\n`);
});

test('without a hand in it, no environment ever disagrees', { timeout: 1_200_000 }, async () => {
  let moves = 0;
  await fc.assert(
    fc.asyncProperty(chained, async ({ server, seed, events: pairs }) => {
      const [, lacks = []] = SERVERS.find(([name]) => name === server) ?? [];
      const world = World.withVersions(lacks, 'chained').copy(seed);
      for (const event of pairs.flat()) {
        await happen(world, event);
        await expectTruth(world, false);
        const whole = await world.ledger();
        for (const environment of whole.open.length > 0 ? [] : whole.environments) {
          const told = standing(world, whole, environment);
          expect(told.kind, JSON.stringify(told)).not.toBe('unclear');
          expect(await world.status(environment)).toMatchObject({ outcome: 'agrees' });
        }
        await world.pass(2 * LEASE);
      }
      const { sealed } = (await world.ledger()).history({ environment: ENVIRONMENT });
      moves += sealed.filter(({ outcome }) => hasMoved(outcome)).length;
    }),
    rounds(500),
  );
  expect(moves).toBeGreaterThan(0);
  process.stdout.write(`${moves} moves out of staging\n`);
});
