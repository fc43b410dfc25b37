import type { Dispatcher, Pool } from 'undici';
import type { Access, Credentials } from '../connection/access.ts';
import { type ProxyServer, proxyFor } from '../connection/proxies.ts';
import type { Variables } from '../opening.ts';

const CONNECT_MS = 10_000;
const OPTIONS = {
  // One for each that is followed, and some for what is asked meanwhile.
  connections: 32,
  allowH2: false,
  // Before a server or what stands in front of it closes them, which takes them a minute.
  keepAliveTimeout: 20_000,
  // Each exchange has clocks of its own, which are exact.
  headersTimeout: 0,
  bodyTimeout: 0,
} satisfies Pool.Options;

const tlsOf = ({ ca, serverName }: Access, { cert, key }: Credentials) => ({
  ...(ca !== undefined && { ca }),
  ...(serverName !== undefined && { servername: serverName }),
  ...(cert !== undefined && { cert }),
  ...(key !== undefined && { key }),
});

type Tls = ReturnType<typeof tlsOf>;

async function straight(origin: string, tls: Tls): Promise<Dispatcher> {
  const { default: UndiciPool } = await import('undici/lib/dispatcher/pool.js');
  return new UndiciPool(origin, { ...OPTIONS, connect: { timeout: CONNECT_MS, ...tls } });
}

async function through(proxy: ProxyServer, tls: Tls): Promise<Dispatcher> {
  const [{ default: UndiciPool }, { default: ProxyAgent }, { default: connect }] =
    await Promise.all([
      import('undici/lib/dispatcher/pool.js'),
      import('undici/lib/dispatcher/proxy-agent.js'),
      import('undici/lib/api/api-connect.js'),
    ]);
  return new ProxyAgent({
    ...OPTIONS,
    uri: proxy.address,
    ...(proxy.authorization !== undefined && { token: proxy.authorization }),
    connectTimeout: CONNECT_MS,
    requestTls: tls,
    factory: (to, its) => new UndiciPool(to, { ...its, ...OPTIONS }),
    clientFactory(to, its) {
      const pool = new UndiciPool(to, { ...its, headersTimeout: CONNECT_MS, allowH2: false });
      // Only undici's own index gives it to all of them.
      return Object.assign(pool, { connect });
    },
  });
}

interface Opened {
  readonly cert: string | undefined;
  readonly dispatcher: Promise<Dispatcher>;
}

export interface Dispatchers {
  /** What carries requests as whom the credentials show; connections are kept. */
  as(credentials: Credentials): Promise<Dispatcher>;
  destroy(): Promise<void>;
}

/** Connections to one server; nothing is loaded before the first. */
export function openDispatchers(
  access: Access,
  variables: Variables,
  hide: (secret: string) => void,
): Dispatchers {
  const { origin } = new URL(access.address);
  const proxy = proxyFor(access.address, variables, access.proxyUrl);
  for (const secret of proxy?.secrets ?? []) hide(secret);
  // A plugin gives a new certificate now and then: whoever still listens with the old one may go on.
  const all: Opened[] = [];
  return {
    as(credentials) {
      const { cert } = credentials;
      const last = all.at(-1);
      if (last && last.cert === cert) return last.dispatcher;
      const tls = tlsOf(access, credentials);
      const opened = { cert, dispatcher: proxy ? through(proxy, tls) : straight(origin, tls) };
      all.push(opened);
      return opened.dispatcher;
    },
    async destroy() {
      const each = await Promise.allSettled(all.splice(0).map(({ dispatcher }) => dispatcher));
      await Promise.all(each.map((one) => one.status === 'fulfilled' && one.value.destroy()));
    },
  };
}
