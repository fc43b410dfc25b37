import { InputError } from '@passmuster/core/errors.ts';
import { found } from '@passmuster/core/quote.ts';
import { isLoopback } from './networks.ts';

const problemOf = (value: string): string | undefined => {
  if (!URL.canParse(value)) return 'is no address; expected one such as https://10.0.0.1:6443';
  const { protocol, hostname, username, search, hash } = new URL(value);
  if (protocol !== 'https:' && protocol !== 'http:') {
    return `begins with ${protocol}; expected https:`;
  }
  if (username !== '')
    return 'holds a user name; credentials are given as a token or by kubeconfig';
  if (search !== '' || hash !== '') return 'goes on after its path, with ? or #';
  return protocol === 'http:' && !isLoopback(hostname)
    ? 'begins with http:, by which anybody on the way reads the credentials; expected https:'
    : undefined;
};

/** The address of a server in one way of writing it; `from` is who names it. */
export function serverAddress(value: string, from: string): string {
  const problem = problemOf(value);
  if (problem !== undefined) {
    throw new InputError([{ message: `${from} is ${found(value)}, which ${problem}.` }]);
  }
  const { origin, pathname } = new URL(value);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}
