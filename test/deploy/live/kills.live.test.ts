import { dice } from '@passmuster/core/ledger/simulation.fixture.ts';
import { expect, test } from 'vitest';
import { rounds } from '../../rounds.ts';
import { CASES, killOnce, MOMENTS, type Moment } from './kill.ts';
import { REACHED, type Reached } from './reached.ts';
import { live, makeScene, newVersion, type Scene } from './scene.ts';
import { startSystems } from './systems.ts';

const LEASE = '3s';
const ROUNDS_A_MODEL = CASES.length;
const SECONDS_A_ROUND = 30;

/** Milliseconds after a moment within which something else may begin. */
const SPANS: Readonly<Record<Moment, number>> = {
  start: 500,
  ticket: 60,
  ConfigMap: 4,
  'all written': 500,
  'all live': 20,
  'way back': 30,
};

const SHOWN: Readonly<Record<Reached, string>> = {
  'no ticket': 'before a ticket',
  'a ticket': 'with a ticket',
  'the ConfigMap': 'after the ConfigMap',
  'all written': 'while waiting',
  'all live': 'sealing',
  'its way back': 'going back',
  'its seal': 'sealed',
};

const { numRuns: many, seed } = rounds(100);

test(
  `after ${many} kills at any moment the next run brings all to rest`,
  async () => {
    const chance = dice(seed);
    const systems = await startSystems();
    const counts = new Map<Reached, number>(REACHED.map((how) => [how, 0]));
    let scene: Scene | undefined;
    try {
      for (let at = 0; at < many; at++) {
        if (scene === undefined || at % ROUNDS_A_MODEL === 0) {
          await scene?.stop();
          scene = await makeScene(systems);
          await live(scene, await newVersion(scene));
        }
        const of = CASES[at % CASES.length] ?? CASES[0];
        // Each case meets each moment.
        const moment = MOMENTS[(at + Math.floor(at / CASES.length)) % MOMENTS.length] ?? 'start';
        const isBad = of.killed === 'run of what does not start';
        const since = isBad && moment.startsWith('all') ? 'way back' : moment;
        const after = chance() * SPANS[since];
        const how = await killOnce(scene, { of, lease: LEASE, since, after });
        counts.set(how, (counts.get(how) ?? 0) + 1);
      }
    } finally {
      await scene?.stop();
      await systems.stop();
    }
    const shown = [...counts].map(([how, times]) => `${SHOWN[how]} ${times}`).join(', ');
    process.stdout.write(`killed ${many} times, ${shown}; every next run converged\n`);
    expect([...counts.values()].reduce((sum, times) => sum + times, 0)).toBe(many);
  },
  (many * SECONDS_A_ROUND + 120) * 1000,
);
