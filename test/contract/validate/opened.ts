import type { Registry } from '@passmuster/core/registry/registry.ts';
import { openRegistry } from '../../register/running.fixture.ts';
import type { Server } from '../registry/port/differences.ts';

/** A server to judge on, which nobody else uses. */
export interface Opened {
  readonly registry: Registry;
  readonly url: string;
  readonly server: Server;
  close(): Promise<void>;
}

/** What is opened when the tests begin. */
export type Subject = () => Opened;

/** Our client on a server that runs; both end together. */
export async function openedAt(
  url: string,
  server: Server,
  stop: () => Promise<void>,
): Promise<Opened> {
  const registry = await openRegistry(url);
  return {
    registry,
    url,
    server,
    async close() {
      await registry.close();
      await stop();
    },
  };
}
