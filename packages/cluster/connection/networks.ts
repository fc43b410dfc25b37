import { BlockList, isIP } from 'node:net';

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Whether an IP address is in a subnet such as `10.0.0.0/8`; false where that is none. */
export function isInSubnet(address: string, subnet: string): boolean {
  const [network = '', bits = ''] = subnet.split('/');
  const longest = isIP(network) === 6 ? 128 : 32;
  if (isIP(address) === 0 || isIP(network) === 0) return false;
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > longest) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family(network));
  return list.check(address, family(address));
}

/** Without the brackets that a URL puts around IPv6, and without the dot that ends a full name. */
export const bareHost = (hostname: string): string =>
  hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

/** Whether a host, as a URL has it, is this machine. */
export function isLoopback(hostname: string): boolean {
  const host = bareHost(hostname);
  if (isIP(host) !== 0) return isInSubnet(host, '127.0.0.0/8') || isInSubnet(host, '::1/128');
  return host === 'localhost' || host.endsWith('.localhost');
}
