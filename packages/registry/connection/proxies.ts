import type { Problem } from '@passmuster/core/errors.ts';
import { bareHost, isInSubnet, networkOfHost } from './networks.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

export interface ProxyServer {
  /** Without user name and password. */
  readonly address: string;
  /** The value of `Proxy-Authorization`. */
  readonly authorization?: string;
}

export interface Proxies {
  readonly http?: ProxyServer;
  readonly https?: ProxyServer;
  /** What `NO_PROXY` lists. */
  readonly none: readonly string[];
}

export interface ProxiesRead {
  readonly proxies: Proxies;
  readonly secrets: readonly string[];
  readonly problems: readonly Problem[];
}

/** The lower case comes first, as for curl, Python and Go. */
const either = (variables: Variables, name: string): string =>
  variables[name.toLowerCase()] || variables[name] || '';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Nothing of its value is repeated in a problem: it may hold a password. */
function proxyOf(name: string, value: string): (ProxyServer & { secrets: string[] }) | Problem {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const hint = 'Write it as http://host:port, or unset it.';
  if (!URL.canParse(written)) return { message: `${name} is not the address of a proxy.`, hint };
  const url = new URL(written);
  if (!['http:', 'https:'].includes(url.protocol)) {
    return { message: `${name} names a ${url.protocol} proxy, which is not supported.`, hint };
  }
  const address = url.origin;
  if (url.username === '') return { address, secrets: [] };
  const pair = `${decoded(url.username)}:${decoded(url.password)}`;
  const encoded = Buffer.from(pair).toString('base64');
  const secrets = [decoded(url.password), url.password, encoded].filter((secret) => secret !== '');
  return { address, authorization: `Basic ${encoded}`, secrets };
}

/** From `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`. */
export function readProxies(variables: Variables): ProxiesRead {
  const none = either(variables, 'NO_PROXY').split(/[\s,]+/);
  const proxies: { http?: ProxyServer; https?: ProxyServer; none: readonly string[] } = {
    none: none.filter((entry) => entry !== ''),
  };
  const secrets: string[] = [];
  const problems: Problem[] = [];
  for (const scheme of ['http', 'https'] as const) {
    const name = `${scheme.toUpperCase()}_PROXY`;
    const value = either(variables, name).trim();
    if (value === '') continue;
    const proxy = proxyOf(name, value);
    if ('message' in proxy) problems.push(proxy);
    else {
      const { secrets: its, ...rest } = proxy;
      proxies[scheme] = rest;
      secrets.push(...its);
    }
  }
  return { proxies, secrets, problems };
}

function isListed(host: string, port: string, entry: string): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return isInSubnet(host, entry);
  const [, name = entry, onPort] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
  if (onPort !== undefined && onPort !== port) return false;
  const listed = bareHost(name.toLowerCase().replace(/^\*?\./, ''));
  return listed !== '' && (host === listed || host.endsWith(`.${listed}`));
}

/** The proxy that leads to an address, if one does. What is on this machine is never behind one. */
export function proxyFor(origin: string, proxies: Proxies): ProxyServer | undefined {
  const { protocol, hostname, port } = new URL(origin);
  const proxy = protocol === 'https:' ? proxies.https : proxies.http;
  if (!proxy || networkOfHost(hostname) === 'loopback') return undefined;
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  const host = bareHost(hostname.toLowerCase());
  return proxies.none.some((entry) => isListed(host, ownPort, entry)) ? undefined : proxy;
}
