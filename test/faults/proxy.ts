import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Fault } from './fault.ts';

/** A request as it came, and what became of it. */
export interface Seen {
  /** `POST /api/2.0/mlflow/registered-models/alias`, without query. */
  readonly what: string;
  readonly url: string;
  readonly body: string;
  readonly fault: Fault['kind'];
  /** What the server answered each time it got this request. */
  readonly answered: number[];
}

/** Which fault befalls a request; `nth` counts those of the same method and path, from 1. */
export type Plan = (what: string, nth: number) => Fault;

export interface FaultProxy {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Brings the server what was held back, in the order in which it came. */
  deliverLate(): Promise<void>;
  close(): Promise<void>;
}

interface Passing {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly seen: Seen;
}

interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Stands between a client and the server at an address, and lets happen what the plan says. */
export async function startFaults(target: string, plan: Plan): Promise<FaultProxy> {
  const seen: Seen[] = [];
  const held: Passing[] = [];
  const counts = new Map<string, number>();
  const agent = new Agent();
  const over = new AbortController();

  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = incoming;
    const what = `${method} ${url.split('?')[0]}`;
    const nth = (counts.get(what) ?? 0) + 1;
    counts.set(what, nth);
    const fault = plan(what, nth);
    const body = await buffer(incoming);
    const entry = { what, url, body: body.toString(), fault: fault.kind, answered: [] };
    seen.push(entry);
    const passing = { method, url, headers, body, seen: entry };
    if (fault.kind === 'late') held.push(passing);
    const forwarded = (): Promise<Reply> => forward(target, agent, passing);
    await befall(fault, forwarded, outgoing, over.signal);
  };
  // A client that went away, or a server that did, is a cut connection to the other.
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => cutOff(outgoing));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    async deliverLate() {
      for (const passing of held.splice(0)) await forward(target, agent, passing);
    },
    async close() {
      over.abort();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      agent.destroy();
    },
  };
}

async function befall(
  fault: Fault,
  forwarded: () => Promise<Reply>,
  outgoing: ServerResponse,
  over: AbortSignal,
): Promise<void> {
  switch (fault.kind) {
    case 'none':
      return send(outgoing, await forwarded());
    case 'late':
      return cutOff(outgoing);
    case 'cut':
      if (fault.when === 'after') await forwarded();
      return cutOff(outgoing);
    case 'truncated': {
      const reply = await forwarded();
      outgoing.writeHead(reply.status, ownHeaders(reply));
      // Written out before the cut, or there would be nothing of it.
      outgoing.write(reply.body.subarray(0, fault.keep), () => outgoing.socket?.end());
      return;
    }
    case 'instead':
      if (fault.done) await forwarded();
      return send(outgoing, answered(fault.answer));
    case 'slow':
      return trickle(outgoing, await forwarded(), fault.pause, over);
    case 'delayed':
      await sleep(fault.by, undefined, { signal: over });
      return send(outgoing, await forwarded());
    case 'twice': {
      const first = await forwarded();
      await forwarded();
      return send(outgoing, first);
    }
  }
}

async function forward(target: string, agent: Agent, passing: Passing): Promise<Reply> {
  const { host } = new URL(target);
  const { method, url, body } = passing;
  const headers = { ...passing.headers, host, connection: 'close' };
  const asking = request(new URL(url, target), { method, headers, agent });
  asking.end(body);
  const [incoming] = (await once(asking, 'response')) as [IncomingMessage];
  const reply = {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    body: await buffer(incoming),
  };
  passing.seen.answered.push(reply.status);
  return reply;
}

const answered = ({ status, headers = {}, body = '' }: Answer): Reply => ({
  status,
  headers,
  body: Buffer.from(body),
});

/** Without those headers that speak of the connection to the server. */
function send(outgoing: ServerResponse, reply: Reply): void {
  outgoing.writeHead(reply.status, ownHeaders(reply));
  outgoing.end(reply.body);
}

function ownHeaders({ headers, body }: Reply): Record<string, string | string[]> {
  const own: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || ['connection', 'keep-alive', 'transfer-encoding'].includes(name)) {
      continue;
    }
    own[name] = value;
  }
  return { ...own, 'content-length': `${body.byteLength}` };
}

async function trickle(
  outgoing: ServerResponse,
  reply: Reply,
  pause: number,
  over: AbortSignal,
): Promise<void> {
  outgoing.writeHead(reply.status, ownHeaders(reply));
  for (const byte of reply.body) {
    if (outgoing.destroyed) return;
    outgoing.write(Uint8Array.of(byte));
    await sleep(pause, undefined, { signal: over });
  }
  outgoing.end();
}

/** As a machine that is gone: a reset, not an orderly end. */
const cutOff = (outgoing: ServerResponse): void => {
  outgoing.socket?.resetAndDestroy();
};
