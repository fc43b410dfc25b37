import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '@passmuster/core/cluster/cluster.ts';
import { ClusterError } from '@passmuster/core/cluster/error.ts';
import { onTestFinished } from 'vitest';
import { openingOf } from '../connection/opening.fixture.ts';
import { clusterOpener } from '../open.ts';
import type { Opening } from '../opening.ts';

/** Real time, and beyond it what was slept, without sleeping. */
export function skippingClock(): Opening['clock'] & { readonly slept: number[] } {
  const slept: number[] = [];
  const skipped = () => slept.reduce((sum, one) => sum + one, 0);
  return {
    slept,
    now: () => Date.now() + skipped(),
    elapsed: () => performance.now() + skipped(),
    async sleep(milliseconds, signal) {
      signal.throwIfAborted();
      slept.push(milliseconds);
      await sleep(1);
    },
  };
}

/** As whoever the token is of. */
export async function clusterAt(
  url: string,
  token = 'token-of-a-test',
  more: Partial<Opening> = {},
): Promise<Cluster> {
  const opening = openingOf({ server: url, token }, { clock: skippingClock(), ...more });
  const cluster = await clusterOpener(opening)();
  onTestFinished(() => cluster.close());
  return cluster;
}

export type Respond = (response: ServerResponse, request: IncomingMessage, count: number) => void;

/** A server that answers as a test wants. */
export async function serving(respond: Respond) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => respond(response, request, seen.length));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, server };
}

export const json = (
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void => {
  response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(value));
};

export const status = (code: number, reason: string, message: string, details: unknown = {}) => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  code,
  reason,
  message,
  details,
});

/** The ClusterError that it ends in. */
export async function failing(calling: Promise<unknown>): Promise<ClusterError> {
  const error = await calling.then(
    (value) => new Error(`No error, but ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof ClusterError) return error;
  throw error;
}
