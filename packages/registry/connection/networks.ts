import { BlockList, isIP } from 'node:net';

/** How far away a host is: this machine, a network of one's own, or anywhere. */
export type Network = 'loopback' | 'private' | 'public';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];
/** Also what is reached by no routing: a link, a cloud's own services, several hosts at once. */
const PRIVATE = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  '::/128',
  '64:ff9b::/96',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

const OWN_NAME = /(?:^|\.)(?:local|lan|internal|intranet|home\.arpa|svc|cluster\.local)$/;

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

function listOf(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = '', bits] = subnet.split('/');
    list.addSubnet(network, Number(bits), family(network));
  }
  return list;
}

let lists: { loopback: BlockList; private: BlockList } | undefined;

/** Of an IP address, also of IPv4 written as IPv6. */
export function networkOf(address: string): Network {
  lists ??= { loopback: listOf(LOOPBACK), private: listOf(PRIVATE) };
  if (lists.loopback.check(address, family(address))) return 'loopback';
  return lists.private.check(address, family(address)) ? 'private' : 'public';
}

/** Without the brackets that a URL puts around IPv6, and without the dot that ends a full name. */
export const bareHost = (hostname: string): string =>
  hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

/** Of a host as a URL has it; a name is taken for what such names are used for, not looked up. */
export function networkOfHost(hostname: string): Network {
  const host = bareHost(hostname);
  if (isIP(host) !== 0) return networkOf(host);
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  return !host.includes('.') || OWN_NAME.test(host) ? 'private' : 'public';
}

/** Whether an IP address is in a subnet such as `10.0.0.0/8`; false where that is none. */
export function isInSubnet(address: string, subnet: string): boolean {
  const [network = '', bits = ''] = subnet.split('/');
  const longest = isIP(network) === 6 ? 128 : 32;
  if (isIP(address) === 0 || isIP(network) === 0) return false;
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > longest) return false;
  return listOf([subnet]).check(address, family(address));
}
