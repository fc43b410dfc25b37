import type { ConfigMap, Texts } from '../objects.ts';
import { CONFIG_MAPS } from '../resources.ts';
import type { Store } from '../store/store.ts';
import type { Container, Pod } from '../workloads.ts';

export interface Started {
  readonly env: Texts;
  /** By container, with each `$(VAR)` replaced. */
  readonly args: Readonly<Record<string, readonly string[]>>;
}

/** Why a container cannot be started: what it refers to is not there. */
export interface Unstartable {
  readonly place: 'init' | 'main';
  readonly message: string;
}

type Found = (name: string) => ConfigMap | undefined;

const expanded = (text: string, env: Texts): string =>
  text.replace(/\$\$|\$\(([^)]+)\)/g, (all, name: string | undefined) =>
    name === undefined ? '$' : (env[name] ?? all),
  );

class Missing extends Error {}

function fromWhole(container: Container, find: Found): Record<string, string> {
  const env: Record<string, string> = {};
  for (const { prefix = '', configMapRef } of container.envFrom ?? []) {
    if (!configMapRef) continue;
    const map = find(configMapRef.name);
    if (!map && !configMapRef.optional) {
      throw new Missing(`configmap ${JSON.stringify(configMapRef.name)} not found`);
    }
    for (const [key, value] of Object.entries(map?.data ?? {})) env[`${prefix}${key}`] = value;
  }
  return env;
}

function environmentOf(container: Container, find: Found, namespace: string): Texts {
  const env = fromWhole(container, find);
  for (const { name, value = '', valueFrom } of container.env ?? []) {
    const reference = valueFrom?.configMapKeyRef;
    if (!reference) {
      env[name] = expanded(value, env);
      continue;
    }
    const map = find(reference.name);
    const found = map?.data?.[reference.key];
    if (found !== undefined) env[name] = found;
    else if (reference.optional) continue;
    else if (!map) throw new Missing(`configmap ${JSON.stringify(reference.name)} not found`);
    else {
      throw new Missing(
        `couldn't find key ${reference.key} in ConfigMap ${namespace}/${reference.name}`,
      );
    }
  }
  return env;
}

/** What the containers of a pod run with, as the kubelet finds it now. */
export function startedWith(store: Store, pod: Pod): Started | Unstartable {
  const { namespace = '' } = pod.metadata;
  const find: Found = (name) => store.get(CONFIG_MAPS, namespace, name) as ConfigMap | undefined;
  const all: Record<string, string> = {};
  const args: Record<string, readonly string[]> = {};
  const { initContainers = [], containers } = pod.spec;
  const inits = new Set(initContainers);
  for (const container of [...initContainers, ...containers]) {
    try {
      const env = environmentOf(container, find, namespace);
      Object.assign(all, env);
      const words = [...(container.command ?? []), ...(container.args ?? [])];
      args[container.name] = words.map((word) => expanded(word, env));
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      return { place: inits.has(container) ? 'init' : 'main', message: error.message };
    }
  }
  return { env: all, args };
}
