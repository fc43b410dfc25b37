import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '@passmuster/core/errors.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { Refusal } from './refusal.ts';
import { type Database, isBusy } from './store/database.ts';
import { openDatabase } from './store/open.ts';
import type { Work } from './wire/artifact-proxy.ts';
import { workOf } from './wire/dispatch.ts';
import { type Guard, guardOf } from './wire/guard.ts';
import { type Reply, refused, send } from './wire/reply.ts';

export interface Options {
  /** Created where there is none; several processes may have one open. */
  readonly file: string;
  readonly host: string;
  /** 0 takes one that is free. */
  readonly port: number;
  /** What every request must bring; required where others can reach the server. */
  readonly token?: string;
  /** Hears of what the registry itself failed at; clients hear only that it did. */
  readonly failed?: (error: unknown) => void;
}

export interface Embedded {
  readonly url: string;
  /** Finishes what has begun; nothing new begins. */
  close(): Promise<void>;
}

const HEADERS_MS = 15_000;
const REQUEST_MS = 60_000;
const IDLE_MS = 65_000;
const MOST_CONNECTIONS = 512;
/** Filters stand in addresses. */
const LARGEST_HEADERS = 64 * 1024;

/** How long a write waits for those of other processes. */
const PATIENCE_MS = 15_000;
const BETWEEN_TRIES_MS = 20;

/** How long a connection that is in the middle of something may hold up the end. */
const LAST_MS = 5_000;

const BUSY = new Refusal(
  'TEMPORARILY_UNAVAILABLE',
  'Another process has been writing the registry for too long. Nothing was changed; try again.',
);

const BROKEN = new Refusal('INTERNAL_ERROR', 'The registry could not read or write its file.');

/** What is asked for, again while another process is writing: until then nothing has happened. */
async function carryOut(db: Database, work: Work): Promise<Reply> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return work(db);
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() > until) throw BUSY;
      await sleep(BETWEEN_TRIES_MS * Math.random());
    }
  }
}

interface Serving {
  readonly db: Database;
  readonly guard: Guard;
  readonly failed: (error: unknown) => void;
}

async function replyTo(request: IncomingMessage, { db, guard, failed }: Serving): Promise<Reply> {
  const turnedAway = guard(request);
  if (turnedAway) {
    request.resume();
    return turnedAway;
  }
  try {
    return await carryOut(db, await workOf(request));
  } catch (error) {
    request.resume();
    if (error instanceof Refusal) return refused(error);
    // A client that went away is no failure of ours.
    const left = error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
    if (!left) failed(error);
    return refused(BROKEN);
  }
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

function checkReach({ host, token }: Options): void {
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new InputError('The token of the registry is empty, or holds what no header can carry.');
  }
  if (token !== undefined || LOOPBACK.test(host)) return;
  throw new InputError([
    {
      message: `The registry would be open to everybody who reaches ${quotable(host)}.`,
      hint: 'Listen on 127.0.0.1, or set PASSMUSTER_REGISTRY_TOKEN to what its clients must bring.',
    },
  ]);
}

const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already; take another port, or 0 for a free one',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'this user may not listen there; take a port from 1024',
  ENOTFOUND: 'no address is known for this name',
};

async function listen(server: Server, { host, port }: Options): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host, port }, resolve);
  try {
    await promise;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = WHY[code] ?? `the system says ${code}`;
    const message = `The registry cannot listen on ${quotable(host)}, port ${port}: ${why}.`;
    throw new InputError(message, { cause: error });
  } finally {
    server.off('error', reject);
  }
  const { port: taken } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
}

async function closed(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const end = setTimeout(() => server.closeAllConnections(), LAST_MS);
  await promise;
  clearTimeout(end);
}

/** Starts a registry that speaks MLflow's wire and keeps everything in one file. */
export async function startEmbedded(options: Options): Promise<Embedded> {
  checkReach(options);
  const db = await openDatabase(options.file);
  const serving = { db, guard: guardOf(options.token), failed: options.failed ?? (() => {}) };
  let closing: Promise<void> | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const reply = await replyTo(request, serving);
    // What is left of a body that is too large would be taken for the next request.
    if (closing || reply.status === 413) response.setHeader('connection', 'close');
    send(response, reply, request.method === 'HEAD');
  };
  const server = createServer(
    {
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: IDLE_MS,
      maxHeaderSize: LARGEST_HEADERS,
    },
    (request, response) => void answer(request, response),
  );
  server.maxConnections = MOST_CONNECTIONS;
  try {
    const url = await listen(server, options);
    return {
      url,
      close() {
        closing ??= closed(server).finally(() => db.close());
        return closing;
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
