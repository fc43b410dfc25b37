import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './call.ts';
import { type Faults, faultBody, type SeenRequest } from './faults.ts';
import { outcomeOf, type Served } from './routes.ts';
import { StatusError, tooLarge } from './status.ts';
import type { Watches } from './watch.ts';

const LARGEST_BODY = 3_145_728;

export interface Serving extends Served {
  readonly watches: Watches;
  readonly faults: Faults;
  readonly requests: SeenRequest[];
  /** In milliseconds. */
  readonly bookmarks: number;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    const piece = part as Buffer;
    bytes += piece.length;
    if (bytes <= LARGEST_BODY) parts.push(piece);
  }
  if (bytes > LARGEST_BODY) throw tooLarge(`Request entity too large: limit is ${LARGEST_BODY}`);
  return Buffer.concat(parts).toString();
}

function jsonOr(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function send(response: ServerResponse, { status, body, text, headers }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text ?? `${JSON.stringify(body)}\n`);
}

/** What the server refuses, in its own words; a failure of the double itself shows itself too. */
function refusal(error: unknown): Answer {
  if (error instanceof StatusError) {
    const seconds = error.body.details?.retryAfterSeconds;
    const headers = seconds === undefined ? {} : { headers: { 'retry-after': String(seconds) } };
    return { status: error.code, body: error.body, ...headers };
  }
  const message = `Internal error occurred: the double failed: ${error instanceof Error ? error.stack : String(error)}`;
  return { status: 500, body: new StatusError(500, 'InternalError', message).body };
}

async function answer(request: IncomingMessage, response: ServerResponse, serving: Serving) {
  const { users, faults, requests, watches } = serving;
  const { method = 'GET', headers } = request;
  const url = new URL(request.url ?? '/', 'http://double');
  const body = await bodyOf(request);
  let token: string | undefined;
  let refused: unknown;
  try {
    token = users.tokenOf(headers.authorization);
  } catch (error) {
    refused = error;
  }
  const seen: SeenRequest = {
    method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    user: refused ? '' : users.nameOf(token),
    body: jsonOr(body),
    headers,
  };
  requests.push(seen);
  const fault = await faults.of(seen);
  if (fault.drop === 'before') return void request.socket.destroy();
  if (fault.status !== undefined) {
    const { status, retryAfter, body: own } = fault;
    const wait = retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } };
    return send(response, { status, body: own ?? faultBody(fault), ...wait });
  }
  if (refused) throw refused;
  const { 'content-type': type = '', 'user-agent': agent } = headers;
  const asked = { method, path: url.pathname, query: url.searchParams, body, type, agent, token };
  const outcome = outcomeOf(asked, serving);
  if (fault.drop === 'after') return void request.socket.destroy();
  if ('watch' in outcome) watches.open(outcome.watch, response, serving.bookmarks);
  else send(response, outcome.answer);
}

export interface Listening {
  readonly port: number;
  /** As if killed: nobody gets the end of anything. */
  stop(): Promise<void>;
}

export async function listen(serving: Serving, port: number): Promise<Listening> {
  const server: Server = createServer((request, response) => {
    answer(request, response, serving).catch((error: unknown) => send(response, refusal(error)));
  });
  server.keepAliveTimeout = 65_000;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host: '127.0.0.1', port }, resolve);
  await promise;
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}
