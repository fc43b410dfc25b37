import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { decode } from './decode.ts';
import { ledgerName } from './name.ts';
import { DEFAULT_LEASE, openLedger } from './open.ts';
import { ENVIRONMENT, MODEL, newWorld, Promotion } from './promoting.fixture.ts';
import { openIn } from './protocol/view.ts';
import { type Fate, LATE, Simulation } from './simulation.fixture.ts';
import { readWritten } from './written.ts';

const LEASE = 12_000;
const WAIT = 600_000;
/** About as many as a promotion makes that waits for another. */
const CALLS = 50;
const never = new AbortController().signal;

interface Plan {
  readonly seed: number;
  readonly contenders: readonly {
    readonly to: string;
    readonly after: number;
    /** At which of its calls. */
    readonly killed?: number | undefined;
    readonly stopped?: readonly [call: number, milliseconds: number] | undefined;
    readonly fates: readonly (readonly [call: number, fate: Fate])[];
  }[];
}

const plans: fc.Arbitrary<Plan> = fc.record({
  seed: fc.nat(),
  contenders: fc.array(
    fc.record({
      to: fc.constantFrom('1', '2', '3'),
      after: fc.nat(3_000),
      killed: fc.option(fc.nat(CALLS), { nil: undefined, freq: 2 }),
      stopped: fc.option(fc.tuple(fc.nat(CALLS), fc.integer({ min: 500, max: 40_000 })), {
        nil: undefined,
        freq: 2,
      }),
      fates: fc.array(
        fc.tuple(fc.nat(CALLS), fc.constantFrom<Fate>('reply lost', 'late', 'never arrives')),
        { maxLength: 3 },
      ),
    }),
    { minLength: 2, maxLength: 5 },
  ),
});

async function carryOut({ seed, contenders }: Plan) {
  const simulation = new Simulation(seed);
  const { time } = simulation;
  const world = newWorld();
  const ends: string[] = [];
  const work = contenders.map(async ({ to, after, killed, stopped, fates }, who) => {
    let calls = 0;
    let die = () => {};
    const dead = new Promise<void>((resolve) => {
      die = resolve;
    });
    const fate = (): Fate => {
      const call = calls++;
      if (stopped?.[0] === call) process.stop(stopped[1]);
      if (killed === call) {
        process.kill();
        die();
      }
      return fates.find(([at]) => at === call)?.[1] ?? 'fine';
    };
    const process = simulation.process({ actor: `actor-${who}`, fate });
    await process.clock.sleep(after, never);
    const promotion = new Promotion(simulation, world, process, { to, lease: LEASE });
    const run = promotion.run(WAIT).then((end) => {
      ends[who] = end;
    });
    await Promise.race([run, dead]);
  });
  await time.until(Promise.all(work));
  return { simulation, world, ends };
}

/** One more, to whom nothing happens, finds all in order or puts it in order. */
async function oneMore(simulation: Simulation, world: ReturnType<typeof newWorld>) {
  const process = simulation.process({ actor: 'last' });
  const { registry, clock, host } = process;
  await simulation.time.until(clock.sleep(LATE, never));
  const promotion = new Promotion(simulation, world, process, { to: '9', lease: LEASE });
  const end = await simulation.time.until(promotion.run(WAIT));
  const ledger = openLedger({ registry, clock, host, model: MODEL, lease: LEASE });
  const whole = await simulation.time.until(ledger.whole(never));
  return { end, history: whole.history({ environment: ENVIRONMENT }) };
}

/** One effect for each process that was stopped, and for each write that was under way for long. */
const excuses = ({ contenders }: Plan): number =>
  contenders.filter(({ stopped }) => stopped).length +
  contenders.flatMap(({ fates }) => fates.filter(([, fate]) => fate === 'late')).length;

test('whatever happens to processes and replies, one holds at a time and the ledger says how it ended', async () => {
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      const { simulation, world } = await carryOut(plan);
      expect(world.strays).toBeLessThanOrEqual(excuses(plan));
      const { end, history } = await oneMore(simulation, world);
      expect(history.problems).toEqual([]);
      const view = readWritten(
        (simulation.store.versions.get(ledgerName(MODEL)) ?? []).map(decode),
      );
      expect(openIn(view, 'moves')).toEqual([]);
      const now = history.sealed.at(-1)?.result?.['version'];
      if (world.strays === 0) {
        expect(end).toBe('done');
        expect(new Set(world.places)).toEqual(new Set([now]));
      }
    }),
    rounds(2_000),
  );
});

test('without faults all get their turn, in order', async () => {
  const contenders = ['1', '2', '3', '4'].map((to) => ({ to, after: 0, fates: [] }));
  const { world, ends } = await carryOut({ seed: 1, contenders });
  expect(ends).toEqual(['done', 'done', 'done', 'done']);
  expect(world.strays).toBe(0);
  expect(DEFAULT_LEASE).toBe(120_000);
});
