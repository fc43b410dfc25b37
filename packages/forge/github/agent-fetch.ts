import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
} from 'node:http';
import { Agent, request } from 'node:https';
import type { Duplex } from 'node:stream';
import { proxyEnv, type Variables } from './proxy-env.ts';
import { Unusable } from './unusable.ts';

/** What Octokit says to a `fetch`. */
export interface Asked {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
}

/** What Octokit reads of a response; a real one would load all of `fetch`, which takes longer than asking. */
export interface Fetched {
  readonly url: string;
  readonly status: number;
  /** By names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export type Fetch = (url: string, asked: Asked) => Promise<Fetched>;

/** More than any answer that we ask for: a file of 1 MiB, as JSON in base64. */
const LONGEST = 4 * 2 ** 20;

const MOST_HOPS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * A `fetch` through the proxy of the environment that asks one server and no other, also when it moved
 * what is asked for; and that has the whole of an answer, which is bounded, before it says that there is one.
 */
export function agentFetch(apiUrl: string, variables: Variables): Fetch {
  const { origin, protocol } = new URL(apiUrl);
  const open = opener(protocol === 'https:', variables);
  return async (url, asked) => {
    let target = new URL(url);
    for (let hops = 0; hops <= MOST_HOPS; hops++) {
      if (target.origin !== origin) {
        throw new Unusable(`it leads on to ${target.host || target.protocol}`);
      }
      const fetched = await exchange(open, target, asked);
      const moved = fetched.headers.get('location');
      if (asked.method !== 'GET' || !REDIRECTS.has(fetched.status) || !moved) return fetched;
      if (!URL.canParse(moved, target.href))
        throw new Unusable('it leads on to what is no address');
      target = new URL(moved, target);
    }
    throw new Unusable(`it leads on more than ${MOST_HOPS} times`);
  };
}

interface Opened {
  readonly request: ClientRequest;
  /** What was opened for it, if no connection of an earlier request could be taken. */
  readonly socket: Duplex | undefined;
}

type Opener = (url: URL, options: RequestOptions) => Opened;

/** Connections stay open for the next question, and keep no process from ending. */
function opener(secure: boolean, variables: Variables): Opener {
  const ask = secure ? request : requestHttp;
  const options = { keepAlive: true, proxyEnv: { ...proxyEnv(secure, variables) } };
  const agent = secure ? new Agent(options) : new HttpAgent(options);
  const connect = agent.createConnection;
  let socket: Duplex | undefined;
  agent.createConnection = (...to) => {
    socket = connect.apply(agent, to) ?? undefined;
    return socket;
  };
  return (url, about) => {
    socket = undefined;
    // The request is made first: meanwhile its connection is.
    const made = ask(url, { ...about, agent });
    return { request: made, socket };
  };
}

async function exchange(open: Opener, url: URL, asked: Asked): Promise<Fetched> {
  const { method, headers, body = '', signal } = asked;
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const length = body === '' ? {} : { 'content-length': `${Buffer.byteLength(body)}` };
  const whole = { ...headers, ...length, 'accept-encoding': 'identity' };
  const { request: asking, socket } = open(url, { method, headers: whole });
  // While a tunnel is opened for it, a request says nothing of its end.
  const stop = () => {
    reject(signal.reason);
    asking.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    asking.on('response', resolve).on('error', reject).end(body);
    return fetched(url, await promise, await bounded(await promise));
  } catch (error) {
    // Node leaves open what leads to a proxy that gave no tunnel, and so the process would not end.
    socket?.destroy();
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function bounded(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > LONGEST) throw new Unusable(`its answer goes on after ${LONGEST} bytes`);
  }
  return Buffer.concat(chunks);
}

const fetched = (
  { href }: URL,
  { statusCode = 0, headers }: IncomingMessage,
  body: Buffer,
): Fetched => ({
  url: href,
  status: statusCode,
  headers: new Map(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  text: async () => body.toString(),
  arrayBuffer: async () => new Uint8Array(body).buffer,
});
