/** The address of a remote with nothing in it that lets anybody in; nothing where that is not certain. */
export function withoutSecrets(address: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return fromUrl(address);
  // A helper's own syntax (`ext::…`) may hold anything.
  if (address.includes('::')) return undefined;
  // `git@github.com:owner/name`, or a path; neither has room for a password, unless somebody made it.
  const beforeHost = address.slice(0, Math.max(address.lastIndexOf('@'), 0));
  return address === '' || beforeHost.includes(':') ? undefined : address;
}

function fromUrl(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  // Over SSH the name says which account, and keys let it in; elsewhere a token may stand in its place.
  if (!/^(git\+)?ssh(\+git)?:$/.test(url.protocol)) url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  return url.href;
}
