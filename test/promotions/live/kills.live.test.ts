import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dice } from '@passmuster/core/ledger/simulation.fixture.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { expect, test } from 'vitest';
import { openAt } from '../../ledger/contention/contend.ts';
import { rounds } from '../../rounds.ts';
import { REGISTRIES } from '../../services/shared-registries.ts';
import { CASES, killOnce } from './kill.ts';
import { type Mover, startMover } from './movers.ts';
import { REACHED, type Reached } from './reached.ts';
import { makeScene, newVersion, promotion, type Scene } from './scene.ts';
import { undisturbed } from './victim.ts';

const LEASE = '3s';
const ROUNDS_A_MODEL = 10;
const SECONDS_A_ROUND = 30;

/** Of the time that a whole run takes, how much it takes at most once it has its ticket. */
const WITH_TICKET = 0.35;

/** How long a promotion takes once there is a ledger. */
async function spanOf(scene: Scene): Promise<number> {
  let span = 0;
  for (let times = 0; times < 2; times++) {
    const order = promotion(scene, 'production', await newVersion(scene));
    span = await undisturbed(order, LEASE);
  }
  return span;
}

interface Killings {
  readonly address: string;
  readonly registry: Registry;
  readonly folder: string;
  /** Of this machine, where it can be asked whether a process has ended, and of another. */
  readonly movers: readonly [here: Mover, elsewhere: Mover];
  readonly many: number;
  readonly seed: number;
  /** The first case; so that few rounds on several servers try all of them. */
  readonly first: number;
}

async function kills({ movers, many, seed, first, ...where }: Killings) {
  const chance = dice(seed);
  const counts = new Map<Reached, number>(REACHED.map((how) => [how, 0]));
  let [scene, span] = [undefined as Scene | undefined, 0];
  for (let at = 0; at < many; at++) {
    if (scene === undefined || at % ROUNDS_A_MODEL === 0) {
      scene = await makeScene(where, { model: `killed-${at}`, isAfterStaging: false });
      span = await spanOf(scene);
    }
    const of = CASES[(first + at) % CASES.length] ?? CASES[0];
    const mover = movers[(first + at) % 2 === 0 ? 0 : 1];
    // Before its ticket there is little that can go wrong: that is tried less often.
    const hasTicket = at % 4 !== 3;
    const after = chance() * span * (hasTicket ? WITH_TICKET : 1);
    const how = await killOnce(scene, { of, mover, lease: LEASE, after, hasTicket });
    counts.set(how, (counts.get(how) ?? 0) + 1);
  }
  return counts;
}

const { numRuns: many, seed } = rounds(50);

test.each(REGISTRIES.map(([name, start], at) => ({ name, start, at })))(
  '$name: after a kill at any moment the next run brings all to rest',
  async ({ name, start, at }) => {
    const folder = await mkdtemp(`${tmpdir()}/passmuster-kills-`);
    const server = await start();
    const registry = await openAt(server.address);
    try {
      const [here, elsewhere] = await Promise.all([
        startMover({ who: 'here', isElsewhere: false, folder, lease: LEASE }),
        startMover({ who: 'elsewhere', isElsewhere: true, folder, lease: LEASE }),
      ]);
      const counts = await kills({
        ...{ address: server.address, registry, folder, many, seed: seed + at, first: at * many },
        movers: [here, elsewhere],
      });
      const shown = [...counts].map(([how, times]) => `with ${how} ${times}`).join(', ');
      process.stdout.write(`${name}: killed ${many} times, ${shown}; every next run converged\n`);
      expect([...counts.values()].reduce((sum, times) => sum + times, 0)).toBe(many);
      await Promise.all([here.end(), elsewhere.end()]);
    } finally {
      await registry.close();
      await server.stop();
      await rm(folder, { recursive: true });
    }
  },
  (many * SECONDS_A_ROUND + 120) * 1000,
);
