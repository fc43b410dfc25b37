import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@passmuster/action-kit/run/clock.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { onTestFinished } from 'vitest';
import { localConnection } from '../connection/connection.ts';
import { openTransport } from '../http/transport.ts';
import { mlflowRegistry } from './registry.ts';

export interface Asked {
  readonly method: string;
  /** Below `/api/2.0`, or all of it where it is elsewhere. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Answered {
  readonly status?: number;
  /** JSON, or a text that is no JSON. */
  readonly body: object | string;
  readonly type?: string;
}

export interface Served {
  readonly registry: Registry;
  /** What was asked, one after the other: `GET /mlflow/registered-models/get`. */
  readonly asked: Asked[];
  lines(): string[];
}

export const PAGE = '<!doctype html><title>404 Not Found</title>';

/** MLflow's way to say no. */
export const no = (status: number, code: string, message = code): Answered => ({
  status,
  body: { error_code: code, message },
});

/** Our client on a server that answers as it is told, until the test is over. */
export async function serving(answer: (asked: Asked) => Answered, base = ''): Promise<Served> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const one = await read(request, base);
    asked.push(one);
    const { status = 200, body, type = typeOf(body) } = answer(one);
    response.writeHead(status, { 'content-type': type });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const transport = openTransport(localConnection(`http://127.0.0.1:${port}${base}`), {
    deadline: 30_000,
    signal: new AbortController().signal,
    // Tries come again, but nobody waits for them.
    clock: { ...systemClock(), sleep: async () => {} },
    random: () => 0,
  });
  const registry = mlflowRegistry({ registry: transport, tracking: transport });
  onTestFinished(async () => {
    await registry.close();
    server.closeAllConnections();
    server.close();
  });
  return { registry, asked, lines: () => asked.map(({ method, path }) => `${method} ${path}`) };
}

function typeOf(body: object | string): string {
  if (typeof body !== 'string') return 'application/json';
  return body.startsWith('<') ? 'text/html' : 'text/plain';
}

async function read(request: IncomingMessage, base: string): Promise<Asked> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const chunks = await Array.fromAsync<Buffer>(request);
  const text = Buffer.concat(chunks).toString('utf8');
  const isJson = request.headers['content-type'] === 'application/json';
  return {
    method: request.method ?? '',
    path: pathname.replace(`${base}/api/2.0`, ''),
    query: searchParams,
    json: isJson ? JSON.parse(text) : {},
  };
}
