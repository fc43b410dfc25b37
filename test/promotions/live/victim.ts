import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Order } from './order.ts';

const CLI = fileURLToPath(new URL('../../../dist/passmuster.js', import.meta.url));

/** The command line as it is shipped, in a process of its own. */
function start({ verb, inputs }: Order, lease: string) {
  const flags = Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value]);
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [CLI, verb, ...flags], {
    env: { PATH, HOME: '/nowhere', PASSMUSTER_LEASE: lease },
    stdio: 'ignore',
  });
  return { child, ended: once(child, 'exit') };
}

/** How many milliseconds it takes when nobody disturbs it; it has to end well. */
export async function undisturbed(order: Order, lease: string): Promise<number> {
  const began = performance.now();
  const { child, ended } = start(order, lease);
  await ended;
  if (child.exitCode !== 0) throw new Error(`${order.verb} ended with ${child.exitCode}`);
  return performance.now() - began;
}

/** When somebody is killed: so many milliseconds after it was started, or after something has come about. */
export interface Moment {
  readonly milliseconds: number;
  readonly since?: () => Promise<boolean>;
}

/** Kills it at that moment, wherever it is by then. */
export async function killAt(
  order: Order,
  lease: string,
  { milliseconds, since = async () => true }: Moment,
): Promise<void> {
  const { child, ended } = start(order, lease);
  while (child.exitCode === null && !(await since()));
  await Promise.race([ended, sleep(milliseconds)]);
  child.kill('SIGKILL');
  await ended;
}
