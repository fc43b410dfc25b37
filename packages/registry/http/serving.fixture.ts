import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { Clock } from '@passmuster/core/clock.ts';
import { RegistryError } from '@passmuster/core/registry/error.ts';
import { onTestFinished } from 'vitest';
import { type Connection, localConnection } from '../connection/connection.ts';
import { type Ask, type Bounds, openTransport, type Transport } from './transport.ts';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Respond = (response: ServerResponse, seen: Seen, count: number) => void;

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  };
  server.on('connection', keep);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

/** Hears requests, and what it heard. */
export function hearing(respond: Respond) {
  const seen: Seen[] = [];
  const hear = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
    seen.push(one);
    respond(response, one, seen.length);
  };
  return {
    seen,
    listener: (request: IncomingMessage, response: ServerResponse) => {
      hear(request, response).catch(() => response.destroy());
    },
  };
}

export async function serve(
  respond: Respond,
): Promise<{ url: string; port: number; seen: Seen[] }> {
  const { seen, listener } = hearing(respond);
  const port = await listening(createServer(listener));
  return { url: `http://127.0.0.1:${port}`, port, seen };
}

/** For any server, also with TLS. */
export const listenOn = listening;

/** A server that is no HTTP server; each connection is handed over. */
export async function serveRaw(onSocket: (socket: Socket, count: number) => void) {
  let count = 0;
  const server = createTcpServer((socket) => onSocket(socket, ++count));
  const port = await listening(server);
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() };
}

export const json = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};

export const text = (
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
};

export const PAGE = '<!doctype html>\n<title>404 Not Found</title>\n<h1>Not Found</h1>';

/** Real time, and beyond it what was slept, without sleeping. */
export function skippingClock(): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  const skipped = () => slept.reduce((sum, one) => sum + one, 0);
  return {
    slept,
    now: () => Date.now() + skipped(),
    elapsed: () => performance.now() + skipped(),
    async sleep(milliseconds, signal) {
      signal.throwIfAborted();
      slept.push(milliseconds);
    },
  };
}

/** A transport that the end of the test closes; pauses are as long as they may be. */
export function transportTo(to: string | Connection, bounds: Partial<Bounds> = {}): Transport {
  const transport = openTransport(typeof to === 'string' ? localConnection(to) : to, {
    deadline: 300_000,
    signal: new AbortController().signal,
    clock: skippingClock(),
    random: () => 1,
    ...bounds,
  });
  onTestFinished(() => transport.close());
  return transport;
}

export const GET: Ask = { method: 'GET', path: '/api/x', repeatable: true, what: 'read it' };
export const SET: Ask = { ...GET, method: 'POST', json: { a: 1 }, what: 'set it' };
export const CREATE: Ask = { ...SET, repeatable: false, what: 'create it' };

/** The RegistryError that it ends in. */
export async function failing(sending: Promise<unknown>): Promise<RegistryError> {
  const error = await sending.then(
    (value) => new Error(`No error, but ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof RegistryError) return error;
  throw error;
}
