import { homedir } from 'node:os';
import { systemClock } from '@passmuster/action-kit/run/clock.ts';
import { thisHost } from '@passmuster/action-kit/run/host.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { registryOpener } from '@passmuster/registry/open.ts';

/** The registry that MLflow's variables name, or one at an address, without a verb around it. */
export function ourClient(address?: string): Promise<Registry> {
  const voice = { note: () => {}, warn: () => {}, hide: () => {} };
  const [clock, host] = [systemClock(), thisHost({})];
  const world = { variables: process.env, home: homedir(), clock, host, voice };
  return registryOpener({ ...world, address })(undefined);
}
