import { InputError } from '@passmuster/core/errors.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** What is on this machine is never behind a proxy. */
const HERE = ['localhost', '127.0.0.0-127.255.255.255', '::1'];

/**
 * The proxy that the environment names, in words that Node understands: by itself it passes over an
 * address without a scheme, and takes `example.com` in NO_PROXY for that one host.
 */
export function proxyEnv(secure: boolean, variables: Variables): Variables {
  const name = secure ? 'https_proxy' : 'http_proxy';
  const value = either(variables, name).trim();
  if (value === '') return {};
  const hosts = either(variables, 'no_proxy')
    .split(/[\s,]+/)
    .map((entry) => entry.replace(/^\*?\./, ''))
    .filter((host) => host !== '');
  const none = [...HERE, ...hosts.flatMap((host) => [host, `.${host}`])];
  return { [name]: addressOf(name, value), no_proxy: none.join(',') };
}

/** The small letters come first, as for curl and Node. */
const either = (variables: Variables, name: string): string =>
  variables[name] || variables[name.toUpperCase()] || '';

/** Nothing of the value is repeated in a problem: it may hold a password. */
function addressOf(name: string, value: string): string {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  if (URL.canParse(written)) {
    const { protocol, username, password, href } = new URL(written);
    if (/^https?:$/.test(protocol) && isDecodable(username + password)) return href;
  }
  throw new InputError([
    {
      message: `${name.toUpperCase()} is not the address of an HTTP proxy.`,
      hint: 'Write it as `http://user:password@host:port`, with `%25` for a percent sign; or unset it.',
    },
  ]);
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
