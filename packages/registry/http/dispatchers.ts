import type { Dispatcher, Pool } from 'undici';
import type { Connection } from '../connection/connection.ts';
import { networkOfHost } from '../connection/networks.ts';
import { type ProxyServer, proxyFor } from '../connection/proxies.ts';
import { forbidden, publicOnly, type Resolve } from './public-only.ts';

/** How long each part of a request may take, in milliseconds. */
export interface Patience {
  readonly connect: number;
  /** From the start of the request to the head of the answer. */
  readonly headers: number;
  /** Between two pieces of the answer. */
  readonly idle: number;
}

export const PATIENCE: Patience = { connect: 10_000, headers: 30_000, idle: 60_000 };

/** MLflow's server has one thread for each of 4 to 40 requests; its pool of databases ends before that. */
const CONNECTIONS = 8;
/** gunicorn closes idle connections after 2 s, and a request that meets that is lost without an answer. */
const IDLE = 1_500;

export interface Dispatchers {
  /** What carries requests to that origin; our certificates and trust are for our own origin alone. */
  of(origin: string): Promise<Dispatcher>;
  destroy(): Promise<void>;
}

/** Connections to the server, and to where it redirects; nothing is loaded before the first. */
export function openDispatchers(
  connection: Connection,
  patience: Patience,
  resolve?: Resolve,
): Dispatchers {
  const home = new URL(connection.address);
  const open = new Map<string, Promise<Dispatcher>>();
  const options = {
    connections: CONNECTIONS,
    allowH2: false,
    keepAliveTimeout: IDLE,
    // Each exchange has clocks of its own, which are exact.
    headersTimeout: 0,
    bodyTimeout: 0,
  } satisfies Pool.Options;

  function tlsFor(origin: string) {
    if (origin !== home.origin) return {};
    const { ca, client, insecure } = connection.tls;
    return {
      ...(ca !== undefined && { ca }),
      ...(client !== undefined && { cert: client, key: client }),
      ...(insecure && { rejectUnauthorized: false }),
    };
  }

  async function straight(origin: string): Promise<Dispatcher> {
    const { default: UndiciPool } = await import('undici/lib/dispatcher/pool.js');
    // Another port or scheme of the same host is no way into another network.
    const guard = new URL(origin).hostname === home.hostname ? {} : { lookup: publicOnly(resolve) };
    return new UndiciPool(origin, {
      ...options,
      connect: { timeout: patience.connect, ...tlsFor(origin), ...guard },
    });
  }

  async function through(proxy: ProxyServer, origin: string): Promise<Dispatcher> {
    const [{ default: UndiciPool }, { default: ProxyAgent }, { default: connect }] =
      await Promise.all([
        import('undici/lib/dispatcher/pool.js'),
        import('undici/lib/dispatcher/proxy-agent.js'),
        import('undici/lib/api/api-connect.js'),
      ]);
    return new ProxyAgent({
      ...options,
      uri: proxy.address,
      ...(proxy.authorization !== undefined && { token: proxy.authorization }),
      connectTimeout: patience.connect,
      requestTls: tlsFor(origin),
      // A proxy that ends TLS has the certificates of the house, too.
      proxyTls: connection.tls.ca === undefined ? {} : { ca: connection.tls.ca },
      factory: (to, its) => new UndiciPool(to, { ...its, ...options }),
      clientFactory(to, its) {
        const pool = new UndiciPool(to, {
          ...its,
          headersTimeout: patience.connect,
          allowH2: false,
        });
        // Only undici's own index gives it to all of them.
        return Object.assign(pool, { connect });
      },
    });
  }

  async function opened(origin: string): Promise<Dispatcher> {
    const { hostname } = new URL(origin);
    // Addresses are not looked up, and a proxy looks up by itself.
    if (hostname !== home.hostname && networkOfHost(hostname) !== 'public') throw forbidden();
    const proxy = proxyFor(origin, connection.proxies);
    return proxy ? through(proxy, origin) : straight(origin);
  }

  return {
    of(origin) {
      const dispatcher = open.get(origin) ?? opened(origin);
      open.set(origin, dispatcher);
      return dispatcher;
    },
    async destroy() {
      const all = await Promise.allSettled(open.values());
      open.clear();
      await Promise.all(all.map((one) => one.status === 'fulfilled' && one.value.destroy()));
    },
  };
}
