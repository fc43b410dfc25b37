import type { Container, PodSpec, Workload } from '../workload.ts';
import { environmentOf } from './environment.ts';
import { filesOf } from './files.ts';
import type { Asked, Reader, Use } from './reader.ts';
import { referencesIn } from './references.ts';

function usesOf(container: Container, pod: PodSpec, asked: Asked): Use[] {
  const variables = environmentOf(container, asked);
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  const inWords = words
    .flatMap(referencesIn)
    .flatMap((name) =>
      (variables.get(name) ?? []).map((use): Use => ({ ...use, by: 'args', name })),
    );
  return [
    ...[...variables.values()].flat(),
    ...inWords,
    ...filesOf(container, pod, variables, asked),
  ];
}

/** Each place once, however often a key comes to it. */
function distinct(uses: readonly Use[]): Use[] {
  const seen = new Map<string, Use>();
  for (const use of uses) {
    const place = JSON.stringify([use.key, use.container, use.by, use.name]);
    if (!seen.get(place)?.isCertain) seen.set(place, use);
  }
  return [...seen.values()];
}

/** What a workload reads of these keys, as its pod template says it; what asks the server itself says it nowhere. */
function readerOf(workload: Workload, asked: Asked): Reader {
  const { pod } = workload.template;
  const containers = [...(pod.initContainers ?? []), ...pod.containers];
  const uses = distinct(containers.flatMap((container) => usesOf(container, pod, asked)));
  const keys = asked.keys.filter((key) => uses.some((use) => use.key === key));
  return { workload, keys, uses };
}

/** Those of the workloads that read one of the keys of a ConfigMap in their namespace. */
export const readersOf = (
  workloads: readonly Workload[],
  configMap: string,
  keys: readonly string[],
): Reader[] =>
  workloads
    .map((workload) => readerOf(workload, { configMap, keys }))
    .filter((reader) => reader.keys.length > 0);
