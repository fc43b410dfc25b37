import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@passmuster/action-kit/run/clock.ts';
import { thisHost } from '@passmuster/action-kit/run/host.ts';
import { leaseFrom } from '@passmuster/action-kit/spec/lease.ts';
import { openLedger } from '@passmuster/core/ledger/open.ts';
import { registryOpener } from '@passmuster/registry/open.ts';
import { surroundings } from '../../surroundings.ts';
import { logTo } from './events.ts';
import { move } from './mover.ts';
import { watched } from './watched.ts';

/** What a contender is told. */
export interface Errand {
  readonly who: string;
  readonly address: string;
  readonly model: string;
  readonly log: string;
  /** So many turns, or until our channel is cut. */
  readonly turns?: number;
  /** At most so many milliseconds of dawdling at a time. */
  readonly dawdling: number;
}

async function work(errand: Errand, told: Promise<unknown>): Promise<void> {
  const { who, address, model, log: file, turns, dawdling } = errand;
  const log = logTo(file, who);
  const { env: variables } = process;
  const around = { ...surroundings(), clock: systemClock(), host: thisHost({}) };
  const opening = { ...around, variables, home: '/nowhere', address, patience: 600_000 };
  const registry = await registryOpener(opening)(undefined);
  const ledger = openLedger({
    ...around,
    registry: watched(registry, log),
    model,
    lease: leaseFrom(variables),
  });
  const dawdle = () => sleep(Math.random() * dawdling);
  log({ what: 'ready' });
  await told;
  for (let turn = 0; process.connected && turn < (turns ?? Number.POSITIVE_INFINITY); turn++) {
    await move({ registry, ledger, model, log, dawdle });
  }
  await registry.close();
  if (process.connected) process.disconnect();
}

if (import.meta.main) {
  // Begins when it is told to, so that all do at once, and ends when nobody wants it any more.
  const told = Promise.race([once(process, 'message'), once(process, 'disconnect')]);
  await work(JSON.parse(process.argv[2] ?? '') as Errand, told);
}
