import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { systemClock } from '@passmuster/action-kit/run/clock.ts';
import { thisHost } from '@passmuster/action-kit/run/host.ts';
import { leaseFrom } from '@passmuster/action-kit/spec/lease.ts';
import { openLedger } from '@passmuster/core/ledger/open.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import { surroundings } from '../../surroundings.ts';
import { check, type Judgement } from './check.ts';
import { crewOf } from './crew.ts';
import { endingOf } from './ending.ts';
import { type Event, logTo } from './events.ts';
import { move } from './mover.ts';
import { haunt } from './nemesis.ts';
import { watched } from './watched.ts';
import { makeWorld } from './world.ts';

export interface Contest {
  /** Where the registry itself is. */
  readonly direct: string;
  /** Where the contenders are to find it, and how to deliver what was held back on the way there. */
  readonly throughFaults?: { readonly address: string; deliverLate(): Promise<void> };
  readonly model: string;
  readonly contenders: number;
  /** Whether one that is stopped keeps all others from writing; without it, none can. */
  readonly isBlocked?: () => boolean;
  /** So many turns for each, and no misdeeds; or turns until there were so many misdeeds. */
  readonly turns?: number;
  readonly misdeeds?: { readonly many: number; readonly seed: number };
  /** As PASSMUSTER_LEASE says it; nothing for the usual one. */
  readonly lease?: string;
}

const DAWDLING_MS = 40;

const around = { ...surroundings(), clock: systemClock(), host: thisHost({}) };

/** A client of ours, in this process. */
export const openAt = (address: string): Promise<Registry> =>
  registryOpener({ ...around, variables: {}, home: '/nowhere', address })(undefined);

/** Lets processes contend for one model, and judges what became of it. */
export async function contend(contest: Contest): Promise<Judgement> {
  const { direct, throughFaults, model, contenders, turns, misdeeds, lease } = contest;
  const { isBlocked = () => false } = contest;
  const folder = await mkdtemp(`${tmpdir()}/passmuster-contention-`);
  const registry = await openAt(direct);
  const crew = crewOf({
    folder,
    address: throughFaults?.address ?? direct,
    model,
    dawdling: DAWDLING_MS,
    ...(turns !== undefined && { turns }),
    ...(lease !== undefined && { lease }),
  });
  const deliverLate = async () => throughFaults?.deliverLate();
  const milliseconds = leaseFrom({ PASSMUSTER_LEASE: lease });
  try {
    await makeWorld(registry, model);
    await crew.begin(contenders);
    if (misdeeds) await haunt(crew, { ...misdeeds, lease: milliseconds, deliverLate, isBlocked });
    await crew.finish();
    await deliverLate();
    const last = await sweep(`${folder}/last.jsonl`, registry, model, milliseconds);
    const ledger = openLedger({ ...around, registry, model, lease: milliseconds });
    const ending = await endingOf(registry, ledger, model);
    return check([...crew.events, ...last], ending);
  } finally {
    await crew.end();
    await registry.close();
    await rm(folder, { recursive: true });
  }
}

/** One more turn, of one to whom nothing happens: it answers for whatever was left. */
async function sweep(
  file: string,
  registry: Registry,
  model: string,
  lease: number,
): Promise<readonly Event[]> {
  const log = logTo(file, 'last');
  const ledger = openLedger({ ...around, registry: watched(registry, log), model, lease });
  await move({ registry, ledger, model, log, dawdle: async () => undefined });
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Event);
}
