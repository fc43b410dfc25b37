const EMBEDDED = 'embedded:';

/** No `..`: it would lead out of the repository that the policy was read from. */
const EMBEDDED_PATH =
  '(?!//|\\s)(?!(?:.*/)?\\.{0,2}$)(?!(?:.*/)?\\.\\./)[^\\\\\\0-\\x1f]*[^\\\\\\0-\\x1f\\s]';

/** What an address of a registry must be; patterns, so that editors know them too. */
export const REGISTRY_ADDRESS = [
  {
    regex: /^(?:embedded:|[^@]*$)/u,
    says: 'an address without user name and password; MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, carry those',
  },
  {
    regex: /^(?:https?:\/\/[^\s/?#\\]+(?:\/[^\s?#\\]*)?$|embedded:)/u,
    says: 'an address that starts with `https://` or `http://`, without `?` and `#`; or `embedded:` and the path of a file',
  },
  {
    regex: new RegExp(`^(?!${EMBEDDED})|^${EMBEDDED}${EMBEDDED_PATH}$`, 'u'),
    says: '`embedded:` and the path of a file, such as `embedded:registry.db`, with `/` between names and without `..`',
  },
] as const;

/** Whether it is a file that the process itself serves, and no server. */
export const isEmbedded = (address: string): boolean => address.startsWith(EMBEDDED);

/** The path of the file as it was written; nothing when the address is that of a server. */
export const embeddedPath = (address: string): string | undefined =>
  isEmbedded(address) ? address.slice(EMBEDDED.length) : undefined;

/** Why this is no address of a registry; never repeats it, for it may hold a password. */
export function registryAddressProblem(address: string): string | undefined {
  const missed = REGISTRY_ADDRESS.find(({ regex }) => !regex.test(address));
  if (missed) return `must be ${missed.says}`;
  if (isEmbedded(address) || URL.canParse(address)) return undefined;
  return 'must be an address; check its host and its port';
}
