import { pathText, quotable } from '../quote.ts';
import { MODEL_DEFAULTS } from './defaults.ts';
import type { Policy } from './policy.ts';

/** A key of the policy whose value changes, both values as a person reads them. */
export interface OtherChange {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

type Values = Readonly<Record<string, unknown>>;

const MODEL_KEYS = ['versioning', 'evidence', 'bind', 'comparable'];
const ENVIRONMENT_KEYS = ['after', 'stage', 'alias', 'approvals', 'configmap'];

const LONGEST = 200;

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
  const ofEnvironment = {
    path: ['environments', environment],
    keys: ENVIRONMENT_KEYS,
    defaults: { alias: environment, approvals: 0 },
  };
  const [before, after] = [inForce, proposed].map((one) => one?.environments.get(environment));
  return [...changes, ...partChanged(ofEnvironment, before, after)];
}
