import { posix } from 'node:path';
import { isMap } from '@passmuster/core/shape/map.ts';
import { listIn, mapIn, textIn } from './fields.ts';
import { evaluationText } from './text.ts';
import { readYamlText } from './yaml.ts';

/** What a `dvc.yaml` lists under `metrics`. */
interface MetricsListed {
  /** Relative to the folder that the `dvc.yaml` is in; they may lead out of it. */
  readonly paths: readonly string[];
  /** Those with a `${…}`, which only DVC can fill in. */
  readonly templates: readonly string[];
}

/** An entry is a path, or a map with the path as its key. */
const pathsIn = (entries: readonly unknown[]): readonly string[] =>
  entries.flatMap((entry) => {
    if (typeof entry === 'string') return [entry];
    return isMap(entry) ? Object.keys(entry) : [];
  });

function* stagesOf(document: unknown): Generator<unknown> {
  for (const stage of Object.values(mapIn(document, 'stages'))) {
    const repeated = mapIn(stage, 'do');
    yield Object.keys(repeated).length > 0 ? repeated : stage;
  }
}

/** The paths that a `dvc.yaml` lists as metrics: on top, and of each stage. */
export async function metricsListed(bytes: Uint8Array, file: string): Promise<MetricsListed> {
  const document = await readYamlText(evaluationText(bytes, file), file);
  const listed = pathsIn(listIn(document, 'metrics'));
  const ofStages = [...stagesOf(document)].flatMap((stage) => {
    const folder = textIn(stage, 'wdir') ?? '.';
    return pathsIn(listIn(stage, 'metrics')).map((path) => posix.join(folder, path));
  });
  const all = [...new Set([...listed.map((path) => posix.normalize(path)), ...ofStages])];
  const isTemplate = (path: string) => path.includes('${');
  return { paths: all.filter((path) => !isTemplate(path)), templates: all.filter(isTemplate) };
}
