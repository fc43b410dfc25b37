import { systemClock } from '@passmuster/action-kit/run/clock.ts';
import { localConnection } from '@passmuster/registry/connection/connection.ts';
import { type Ask, openTransport, type Transport } from '@passmuster/registry/http/transport.ts';
import { mlflowRegistry } from '@passmuster/registry/mlflow/registry.ts';
import type { Server } from './differences.ts';
import type { Opened } from './opened.ts';

/** Our client on a server that runs; both end together. */
export function openedAt(url: string, server: Server, stop: () => Promise<void>): Opened {
  const transport = openTransport(localConnection(url), {
    deadline: 600_000,
    signal: new AbortController().signal,
    clock: systemClock(),
    random: Math.random,
  });
  const small: Transport = { ...transport, send: (ask) => transport.send(inPagesOf(3, ask)) };
  const registry = mlflowRegistry({ registry: transport, tracking: transport });
  return {
    registry,
    inSmallPages: mlflowRegistry({ registry: small, tracking: small }),
    server,
    async close() {
      await registry.close();
      await stop();
    },
  };
}

const SIZE = 'max_results';

function inPagesOf(size: number, ask: Ask): Ask {
  const query = ask.query?.map(([key, value]): [string, string] =>
    key === SIZE ? [key, String(size)] : [key, value],
  );
  const json = isSized(ask.json) ? { ...ask.json, [SIZE]: size } : ask.json;
  return { ...ask, ...(query && { query }), ...(json !== undefined && { json }) };
}

const isSized = (json: unknown): json is object =>
  typeof json === 'object' && json !== null && SIZE in json;
