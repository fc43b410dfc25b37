import { dice } from '@passmuster/core/ledger/simulation.fixture.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cut, type Fault, late, lost, none } from '../../faults/fault.ts';
import { type Plan, startFaults } from '../../faults/proxy.ts';
import { rounds } from '../../rounds.ts';
import { REGISTRIES, type SharedRegistry } from '../../services/shared-registries.ts';
import type { Judgement } from './check.ts';
import { contend } from './contend.ts';

const CREATION = /model-versions\/create$/;

/** A few of all requests, and more of those that create something: only those come late. */
function mishaps(seed: number): Plan {
  const chance = dice(seed);
  return (what): Fault => {
    const [creates, drawn] = [CREATION.test(what), chance()];
    if (drawn < 0.02) return cut;
    if (drawn < (creates ? 0.15 : 0.06)) return lost;
    return creates && drawn < 0.2 ? late : none;
  };
}

const CONTENDERS = 5;
/** Long enough for a machine that is busy with other things. */
const SECONDS_A_DEED = 20;
const SECONDS_A_TURN = 10;

function report(title: string, { figures }: Judgement): void {
  const { holds, medianWait, claims, lateWrites, errors } = figures;
  process.stdout.write(
    `${title}: ${holds} holds, median wait ${Math.round(medianWait)} ms, ${claims} claims, ` +
      `${lateWrites} late writes, ${errors.length} turns given up\n` +
      errors.map((message) => `  ${message}\n`).join(''),
  );
}

describe.each(REGISTRIES)('%s', (name, start) => {
  let subject: SharedRegistry;
  beforeAll(async () => {
    subject = await start();
  });
  afterAll(() => subject?.stop());

  const turns = rounds(10).numRuns;

  test(
    'nobody disturbed: all get their turns, in order',
    async () => {
      const contest = { direct: subject.address, model: 'calm', contenders: CONTENDERS, turns };
      const judgement = await contend(contest);
      report(`${name}, undisturbed`, judgement);
      expect(judgement.problems).toEqual([]);
      expect(judgement.figures).toMatchObject({
        holds: CONTENDERS * turns + 1,
        claims: 0,
        lateWrites: 0,
        errors: [],
      });
    },
    (turns * CONTENDERS * SECONDS_A_TURN + 120) * 1000,
  );

  const { numRuns: many, seed } = rounds(40);
  const faulty = name !== REGISTRIES[1]?.[0];

  test(
    `contenders are killed and stopped${faulty ? ', replies lost, creations delivered late' : ''}`,
    async () => {
      const { address: direct, isBlocked } = subject;
      const proxy = faulty ? await startFaults(direct, mishaps(seed)) : undefined;
      try {
        const judgement = await contend({
          direct,
          ...(isBlocked && { isBlocked }),
          ...(proxy && { throughFaults: { ...proxy, address: proxy.url } }),
          model: 'haunted',
          contenders: CONTENDERS,
          misdeeds: { many, seed },
          lease: '3s',
        });
        const broken = (kind: string) => proxy?.seen.filter(({ fault }) => fault === kind).length;
        const faults = proxy ? `, ${broken('cut')} cuts, ${broken('late')} late creations` : '';
        report(`${name}, ${many} kills and stops${faults}`, judgement);
        expect(judgement.problems).toEqual([]);
        expect(judgement.figures.claims).toBeGreaterThan(0);
      } finally {
        await proxy?.close();
      }
    },
    (many * SECONDS_A_DEED + 120) * 1000,
  );
});
