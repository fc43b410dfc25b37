import { InputError } from '@passmuster/core/errors.ts';
import type { Variables } from '../opening.ts';
import { bareHost, isInSubnet, isLoopback } from './networks.ts';

export interface ProxyServer {
  /** Without user name and password. */
  readonly address: string;
  /** The value of `Proxy-Authorization`. */
  readonly authorization?: string;
  readonly secrets: readonly string[];
}

/** The lower case comes first, as for curl, Python and Go. */
const either = (variables: Variables, name: string): string =>
  (variables[name.toLowerCase()] || variables[name] || '').trim();

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Nothing of its value is repeated in a problem: it may hold a password. */
function proxyOf(name: string, value: string): ProxyServer {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const hint = 'Write it as http://host:port, or take it away.';
  if (!URL.canParse(written)) {
    throw new InputError([{ message: `${name} is not the address of a proxy.`, hint }]);
  }
  const { protocol, origin, username, password } = new URL(written);
  if (!['http:', 'https:'].includes(protocol)) {
    const message = `${name} names a ${protocol} proxy, which is not supported.`;
    throw new InputError([{ message, hint }]);
  }
  if (username === '') return { address: origin, secrets: [] };
  const encoded = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64');
  const secrets = [decoded(password), password, encoded].filter((secret) => secret !== '');
  return { address: origin, authorization: `Basic ${encoded}`, secrets };
}

function isListed(host: string, port: string, entry: string): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return isInSubnet(host, entry);
  const [, name = entry, onPort] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
  if (onPort !== undefined && onPort !== port) return false;
  const listed = bareHost(name.toLowerCase().replace(/^\*?\./, ''));
  return listed !== '' && (host === listed || host.endsWith(`.${listed}`));
}

function isExcepted({ hostname, port, protocol }: URL, variables: Variables): boolean {
  const host = bareHost(hostname.toLowerCase());
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  const entries = either(variables, 'NO_PROXY').split(/[\s,]+/);
  return entries.some((entry) => entry !== '' && isListed(host, ownPort, entry));
}

/**
 * The proxy that leads to a server, if one does: the one that its kubeconfig names for it, or that of the
 * variables, which is never for what is on this machine.
 */
export function proxyFor(
  address: string,
  variables: Variables,
  named: string | undefined,
): ProxyServer | undefined {
  if (named) return proxyOf('The `proxy-url` of the kubeconfig', named);
  const url = new URL(address);
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const value = either(variables, name);
  if (value === '' || isLoopback(url.hostname) || isExcepted(url, variables)) return undefined;
  return proxyOf(name, value);
}
