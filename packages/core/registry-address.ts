/** What an address of a registry must be; patterns, so that editors know them too. */
export const REGISTRY_ADDRESS = [
  {
    regex: /^[^@]*$/u,
    says: 'an address without user name and password; MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, carry those',
  },
  {
    regex: /^https?:\/\/[^\s/?#\\]+(?:\/[^\s?#\\]*)?$/u,
    says: 'an address that starts with `https://` or `http://`, without `?` and `#`',
  },
] as const;

/** Why this is no address of a registry; never repeats it, for it may hold a password. */
export function registryAddressProblem(address: string): string | undefined {
  const missed = REGISTRY_ADDRESS.find(({ regex }) => !regex.test(address));
  if (missed) return `must be ${missed.says}`;
  return URL.canParse(address) ? undefined : 'must be an address; check its host and its port';
}
