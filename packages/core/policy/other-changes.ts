import { type Keys, USUAL_KEYS } from '../cluster/serving.ts';
import { namedText } from '../cluster/steps.ts';
import { pathText, quotable } from '../quote.ts';
import { ageText } from './age.ts';
import { environmentDefaults, MODEL_DEFAULTS } from './defaults.ts';
import { LONGEST_REASON } from './limits.ts';
import type { EnvironmentPolicy, Policy } from './policy.ts';

/** A key of the policy whose value changes, both values as a person reads them. */
export interface OtherChange {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

type Values = Readonly<Record<string, unknown>>;

const MODEL_KEYS = ['versioning', 'evidence', 'bind', 'comparable'];

/** Names of keys, as far as they are not the usual ones. */
const keysOf = (configmap: EnvironmentPolicy['configmap']): Values =>
  Object.fromEntries(
    Object.entries(USUAL_KEYS).map(([part, usual]) => {
      const key = configmap?.keys[part as keyof Keys];
      return [`configmap.keys.${usual}`, key === usual ? undefined : key];
    }),
  );

/** What of an environment is one value; its lists are told line by line. */
function valuesOf(environment: EnvironmentPolicy | undefined): Values | undefined {
  if (environment === undefined) return undefined;
  const { after, stage, alias, approvals, configmap, freeze } = environment;
  const { count, from, authorCounts, maxAge } = approvals;
  return {
    ...{ after, stage, alias, approvals: count },
    'approvals.from': from ? 'those named' : 'whoever may write',
    'approvals.author': authorCounts ? 'counts' : 'does not count',
    'approvals.max-age': maxAge === undefined ? undefined : ageText(maxAge),
    configmap: configmap && namedText(configmap.place),
    ...keysOf(configmap),
    'configmap.model-registry-url': configmap?.registryUrl,
    'freeze.until': freeze?.until,
    'freeze.reason': freeze?.reason,
  };
}

/** Two reasons that differ must not look the same. */
const LONGEST = LONGEST_REASON;

const shown = (value: unknown): string =>
  value === undefined ? 'none' : quotable(String(value), LONGEST);

const changed = (keys: readonly string[], before: Values, after: Values): OtherChange[] =>
  keys
    .filter((key) => before[key] !== after[key])
    .map((key) => ({ key, from: shown(before[key]), to: shown(after[key]) }));

interface Part {
  readonly path: readonly string[];
  readonly keys: readonly string[];
  readonly defaults: Values;
}

/** Of what is removed it is enough that it is; what is added may be looser than the defaults. */
function partChanged(part: Part, before?: object, after?: object): OtherChange[] {
  const { path, keys, defaults } = part;
  const presence =
    (before === undefined) === (after === undefined)
      ? []
      : [
          {
            key: pathText(path),
            from: before ? 'there' : 'not there',
            to: after ? 'there' : 'not there',
          },
        ];
  if (after === undefined) return presence;
  return [...presence, ...changed(keys, { ...(before ?? defaults) }, { ...after })];
}

/** What changes for a model in an environment beside lists. */
export function otherChanges(
  inForce: Policy | undefined,
  proposed: Policy | undefined,
  model: string,
  environment: string | undefined,
): OtherChange[] {
  const ofModel = {
    path: ['models', model],
    keys: MODEL_KEYS,
    defaults: { ...MODEL_DEFAULTS },
  };
  const changes = [
    ...changed(['registry'], { ...inForce }, { ...proposed }),
    ...partChanged(ofModel, inForce?.models.get(model), proposed?.models.get(model)),
  ];
  if (environment === undefined) return changes;
  const defaults = { ...valuesOf(environmentDefaults(environment)) };
  const ofEnvironment = {
    path: ['environments', environment],
    keys: Object.keys(defaults),
    defaults,
  };
  const [before, after] = [inForce, proposed].map((one) =>
    valuesOf(one?.environments.get(environment)),
  );
  return [...changes, ...partChanged(ofEnvironment, before, after)];
}
