import type { Place } from '../errors.ts';
import type { Path } from '../shape/shape.ts';
import type { EnvironmentPolicy, GateLine, ModelPolicy, Policy } from './policy.ts';
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

function environmentPolicy(
  name: string,
  environment: Environment,
  placeOf: PlaceOf,
): EnvironmentPolicy {
  return Object.freeze({
    ...environment,
    alias: environment.alias ?? name,
    aliasGiven: environment.alias !== undefined,
    gates: gateLines(environment.gates, ['environments', name, 'gates'], placeOf),
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
