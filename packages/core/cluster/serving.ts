/** The keys of a ConfigMap that say what serves, by the names that a team has given them. */
export interface Keys {
  readonly current: string;
  readonly canary: string;
  readonly share: string;
  /** The base of the artifacts. */
  readonly registry: string;
}

export const USUAL_KEYS: Keys = {
  current: 'current_version',
  canary: 'canary_version',
  share: 'canary_traffic_percentage',
  registry: 'model_registry_url',
};

export const keysIn = (keys: Keys): readonly string[] => [
  keys.current,
  keys.canary,
  keys.share,
  keys.registry,
];

/** What is to serve; versions as they are written for whoever reads them. */
export type Aim =
  | { readonly do: 'serve'; readonly version: string }
  | { readonly do: 'canary'; readonly version: string; readonly share: number }
  | { readonly do: 'drop' };

type Data = ReadonlyMap<string, string>;

const WHOLE = /^\d{1,3}(?:\.\d{1,6})?$/;

/** The share of a canary; none where there is no such key, and not a number where nobody can say what it means. */
export function shareIn(data: Data, { share }: Keys): number {
  const text = data.get(share)?.trim() ?? '';
  if (text === '') return 0;
  return WHOLE.test(text) && Number(text) <= 100 ? Number(text) : Number.NaN;
}

/** Whether a canary takes part, or may take part. */
export const hasCanary = (data: Data, keys: Keys): boolean => shareIn(data, keys) !== 0;

function served(data: Data, keys: Keys, version: string): [string, string][] {
  if (!hasCanary(data, keys)) return [[keys.current, version]];
  // Whoever still reads the canary's key finds what everybody else does.
  return [
    [keys.current, version],
    [keys.canary, version],
    [keys.share, '0'],
  ];
}

function wanted(data: Data, keys: Keys, aim: Aim): [string, string][] {
  if (aim.do === 'serve') return served(data, keys, aim.version);
  if (aim.do === 'canary') {
    return [
      [keys.canary, aim.version],
      [keys.share, String(aim.share)],
    ];
  }
  const current = data.get(keys.current);
  const back: [string, string][] = current === undefined ? [] : [[keys.canary, current]];
  return [...back, [keys.share, '0']];
}

/** The keys that have to change, with what they are to say. */
export function changesTo(
  data: Data,
  keys: Keys,
  aim: Aim,
  registryUrl: string | undefined,
): ReadonlyMap<string, string> {
  const all = wanted(data, keys, aim);
  if (registryUrl !== undefined) all.push([keys.registry, registryUrl]);
  return new Map(all.filter(([key, value]) => data.get(key) !== value));
}
