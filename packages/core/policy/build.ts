import { USUAL_KEYS } from '../cluster/serving.ts';
import { namedIn } from '../cluster/steps.ts';
import type { Place } from '../errors.ts';
import { withoutComment } from '../gates/lines.ts';
import type { Path } from '../shape/shape.ts';
import { ageOf } from './age.ts';
import type {
  ApprovalRules,
  ConfigMapPolicy,
  EnvironmentPolicy,
  Freeze,
  GateLine,
  ModelPolicy,
  Policy,
  Waiver,
} from './policy.ts';
import type { PolicyDocument } from './schema.ts';

type PlaceOf = (path: Path) => Place;
type Environment = PolicyDocument['environments'][string];
type Model = PolicyDocument['models'][string];
type Gates = Model['gates'];

function gateLines(gates: Gates, path: Path, placeOf: PlaceOf): readonly GateLine[] {
  const lines = gates.map((gate, index) =>
    typeof gate === 'string'
      ? { text: gate, level: 'fail' as const, place: placeOf([...path, index]) }
      : { text: gate.warn, level: 'warn' as const, place: placeOf([...path, index, 'warn']) },
  );
  return Object.freeze(lines.map((line) => Object.freeze(line)));
}

function modelPolicy(name: string, model: Model, placeOf: PlaceOf): ModelPolicy {
  return Object.freeze({
    ...model,
    gates: gateLines(model.gates, ['models', name, 'gates'], placeOf),
    evaluations: Object.freeze([...model.evaluations]),
  });
}

const frozen = <T>(items: readonly T[]): readonly T[] => Object.freeze([...items]);

function approvalRules(approvals: Environment['approvals']): ApprovalRules {
  if (typeof approvals === 'number') {
    return Object.freeze({ count: approvals, authorCounts: false });
  }
  const { count, from, author, 'max-age': maxAge } = approvals;
  return Object.freeze({
    count,
    ...(from && {
      from: Object.freeze({ users: frozen(from.users), teams: frozen(from.teams) }),
    }),
    authorCounts: author,
    ...(maxAge !== undefined && { maxAge: ageOf(maxAge) }),
  });
}

const waiversOf = (
  waivers: Environment['waivers'],
  path: Path,
  placeOf: PlaceOf,
): readonly Waiver[] =>
  frozen(
    waivers.map((waiver, index) =>
      Object.freeze({
        ...waiver,
        // As the gate language reads it, so that the two compare.
        gate: withoutComment(waiver.gate),
        place: placeOf([...path, index]),
      }),
    ),
  );

const freezeOf = (freeze: NonNullable<Environment['freeze']>): Freeze =>
  Object.freeze({ ...freeze, pass: frozen(freeze.pass) });

function configMapOf(configmap: NonNullable<Environment['configmap']>): ConfigMapPolicy {
  const {
    name,
    keys = undefined,
    'model-registry-url': registryUrl = undefined,
  } = typeof configmap === 'string' ? { name: configmap } : configmap;
  return Object.freeze({
    place: Object.freeze(namedIn(name)),
    keys: Object.freeze({
      current: keys?.current_version ?? USUAL_KEYS.current,
      canary: keys?.canary_version ?? USUAL_KEYS.canary,
      share: keys?.canary_traffic_percentage ?? USUAL_KEYS.share,
      registry: keys?.model_registry_url ?? USUAL_KEYS.registry,
    }),
    ...(registryUrl !== undefined && { registryUrl }),
  });
}

function environmentPolicy(
  name: string,
  environment: Environment,
  placeOf: PlaceOf,
): EnvironmentPolicy {
  const path = ['environments', name];
  const { freeze, configmap, 'may-override': mayOverride, ...rest } = environment;
  return Object.freeze({
    ...rest,
    alias: environment.alias ?? name,
    aliasGiven: environment.alias !== undefined,
    approvals: approvalRules(environment.approvals),
    gates: gateLines(environment.gates, [...path, 'gates'], placeOf),
    waivers: waiversOf(environment.waivers, [...path, 'waivers'], placeOf),
    ...(configmap !== undefined && { configmap: configMapOf(configmap) }),
    ...(freeze && { freeze: freezeOf(freeze) }),
    mayOverride: frozen(mayOverride),
  });
}

function mapped<V, W>(
  values: Readonly<Record<string, V>>,
  to: (name: string, value: V) => W,
): ReadonlyMap<string, W> {
  return new Map(Object.entries(values).map(([name, value]) => [name, to(name, value)]));
}

/** The document as the rest of the program uses it. */
export function policyOf(document: PolicyDocument, file: string, placeOf: PlaceOf): Policy {
  const { registry } = document;
  return Object.freeze({
    file,
    ...(registry !== undefined && { registry }),
    models: mapped(document.models, (name, model) => modelPolicy(name, model, placeOf)),
    environments: mapped(document.environments, (name, environment) =>
      environmentPolicy(name, environment, placeOf),
    ),
  });
}
