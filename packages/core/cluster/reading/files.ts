import type { ConfigMapFiles, Container, PodSpec, Volume } from '../workload.ts';
import type { Environment } from './environment.ts';
import type { Asked, Use } from './reader.ts';
import { referencesIn } from './references.ts';

type Mount = NonNullable<Container['volumeMounts']>[number];

const sourcesOf = ({ configMap, projected }: Volume): readonly ConfigMapFiles[] =>
  [configMap, ...(projected?.sources ?? []).map((source) => source.configMap)].filter(
    (files) => files !== undefined,
  );

/** Whether the mount has the file of a key, and whether that is certain: items may give it any path. */
function has(mount: Mount, { items }: ConfigMapFiles, key: string): 'yes' | 'perhaps' | 'no' {
  if (items && !items.some((item) => item.key === key)) return 'no';
  const { subPath = '', subPathExpr = '' } = mount;
  const path = subPath || subPathExpr;
  if (path === '') return 'yes';
  if (referencesIn(path).length > 0 && subPath === '') return 'perhaps';
  if (items) return items.length === 1 ? 'yes' : 'perhaps';
  return path === key ? 'yes' : 'no';
}

function filesIn(mount: Mount, volume: Volume, container: string, asked: Asked): Use[] {
  return sourcesOf(volume)
    .filter(({ name }) => name === asked.configMap)
    .flatMap((files) =>
      asked.keys.flatMap((key): Use[] => {
        const found = has(mount, files, key);
        if (found === 'no') return [];
        const isOptional = files.optional === true;
        const { name } = volume;
        return [{ key, container, by: 'volume', name, isCertain: found === 'yes', isOptional }];
      }),
    );
}

/** What a container has of a ConfigMap as files, or has in the paths of its mounts; a volume alone gives nothing. */
export function filesOf(
  container: Container,
  pod: PodSpec,
  variables: Environment,
  asked: Asked,
): Use[] {
  return (container.volumeMounts ?? []).flatMap((mount) => {
    const volume = pod.volumes?.find(({ name }) => name === mount.name);
    const inPath = referencesIn(mount.subPathExpr ?? '')
      .flatMap((name) => variables.get(name) ?? [])
      .map((use): Use => ({ ...use, by: 'volume', name: mount.name }));
    return [...(volume ? filesIn(mount, volume, container.name, asked) : []), ...inPath];
  });
}
