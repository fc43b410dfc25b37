import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { dice } from '@passmuster/core/ledger/simulation.fixture.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cut, type Fault, late, lost, none } from '../../faults/fault.ts';
import { type Plan, startFaults } from '../../faults/proxy.ts';
import { rounds } from '../../rounds.ts';
import { MLFLOW_VERSIONS, startMlflow } from '../../services/mlflow.ts';
import type { Judgement } from './check.ts';
import { contend } from './contend.ts';

interface Subject {
  readonly address: string;
  readonly isBlocked?: () => boolean;
  stop(): Promise<void>;
}

const CLI = fileURLToPath(new URL('../../../packages/cli/bin.js', import.meta.url));

async function folderOfOwn(): Promise<{ file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(`${tmpdir()}/passmuster-contention-`);
  return { file: `${folder}/registry.db`, remove: () => rm(folder, { recursive: true }) };
}

/** The embedded registry as a server of its own, which all contenders ask. */
async function served(): Promise<Subject> {
  const { file, remove } = await folderOfOwn();
  const child = spawn(process.execPath, [CLI, 'registry', '--file', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    address: line.split(' ').at(-1) ?? '',
    async stop() {
      child.kill();
      await ended;
      await remove();
    },
  };
}

const LONGEST_WRITE_MS = 2_000;

/** Whether a process that is stopped holds the file, in the middle of a write: SQLite waits for it. */
function isHeld(file: string): boolean {
  const sqlite = new DatabaseSync(file, { timeout: LONGEST_WRITE_MS });
  try {
    sqlite.exec('BEGIN IMMEDIATE; ROLLBACK');
    return false;
  } catch {
    return true;
  } finally {
    sqlite.close();
  }
}

/** A file that every contender opens by itself. */
async function shared(): Promise<Subject> {
  const { file, remove } = await folderOfOwn();
  return { address: `embedded:${file}`, isBlocked: () => isHeld(file), stop: remove };
}

const SUBJECTS: readonly (readonly [string, () => Promise<Subject>])[] = [
  ['the embedded registry, served', served],
  ['the embedded registry, as a file of several processes', shared],
  ...MLFLOW_VERSIONS.map((version) => {
    const start = async () => {
      const { url, stop } = await startMlflow(version, { workers: 2 });
      return { address: url, stop };
    };
    return [`MLflow ${version}`, start] as const;
  }),
];

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

describe.each(SUBJECTS)('%s', (name, start) => {
  let subject: Subject;
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
  const faulty = name !== SUBJECTS[1]?.[0];

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
