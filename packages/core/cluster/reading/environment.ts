import type { Container, EnvFrom, EnvVar } from '../workload.ts';
import type { Asked, Use } from './reader.ts';
import { referencesIn } from './references.ts';

/** By variable: the uses whose keys are in its value. */
export type Environment = ReadonlyMap<string, readonly Use[]>;

/** Older servers leave out a variable of such a name, and say nothing. */
const IS_DOUBTFUL = /^\d|[^-.\w]/;

function whole({ envFrom }: { envFrom: EnvFrom }, container: string, asked: Asked): Use[] {
  const { prefix = '', configMapRef } = envFrom;
  if (configMapRef?.name !== asked.configMap) return [];
  return asked.keys.map((key) => {
    const name = prefix + key;
    const isOptional = configMapRef.optional === true;
    return { key, container, by: 'envFrom', name, isCertain: !IS_DOUBTFUL.test(name), isOptional };
  });
}

function single(variable: EnvVar, container: string, asked: Asked, before: Environment): Use[] {
  const { name, value, valueFrom } = variable;
  // A text that is not empty goes before.
  if (value) {
    return referencesIn(value)
      .flatMap((used) => before.get(used) ?? [])
      .map((use) => ({ ...use, by: 'env', name }));
  }
  const ref = valueFrom?.configMapKeyRef;
  if (ref?.name !== asked.configMap || !asked.keys.includes(ref.key)) return [];
  const isOptional = ref.optional === true;
  return [{ key: ref.key, container, by: 'env', name, isCertain: true, isOptional }];
}

/**
 * What is in the variables of a container, as the kubelet makes them: first `envFrom`, then `env`, each over
 * what had its name, and each from those before it.
 */
export function environmentOf(container: Container, asked: Asked): Environment {
  const variables = new Map<string, readonly Use[]>();
  for (const envFrom of container.envFrom ?? []) {
    for (const use of whole({ envFrom }, container.name, asked)) variables.set(use.name, [use]);
  }
  for (const variable of container.env ?? []) {
    variables.set(variable.name, single(variable, container.name, asked, variables));
  }
  return variables;
}
