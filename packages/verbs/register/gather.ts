import { InputError, type Problem } from '@passmuster/core/errors.ts';
import { evaluationFiles } from '@passmuster/core/evidence/evaluation-files.ts';
import type { Policy } from '@passmuster/core/policy/policy.ts';
import { readDatasets } from '@passmuster/core/versions/datasets.ts';
import type { BaseModel } from '@passmuster/core/versions/facts.ts';
import type { OfLines } from '@passmuster/core/versions/lines.ts';
import { readTags } from '@passmuster/core/versions/tags.ts';
import { configurationOf } from './configuration.ts';
import { hashFolder } from './hash.ts';
import { originOf } from './origin.ts';
import type { Inputs, Ports } from './ports.ts';
import type { Wish } from './wish.ts';

/** `name@version`, where the version may be a digest; a name may begin with an `@`, as packages do. */
function baseModelOf(text: string | undefined): BaseModel | undefined {
  if (text === undefined) return undefined;
  const at = text.lastIndexOf('@');
  if (at <= 0) return { name: text };
  const [name, version] = [text.slice(0, at), text.slice(at + 1)];
  return version.startsWith('sha256:') ? { name, digest: version } : { name, version };
}

/** The inputs that are lists, or all that is wrong with them. */
function listed(inputs: Inputs) {
  const datasets = readDatasets(inputs.datasets);
  const tags = readTags(inputs.tags);
  const problemsOf = (read: OfLines<unknown>): readonly Problem[] =>
    'problems' in read ? read.problems : [];
  if ('problems' in datasets || 'problems' in tags) {
    throw new InputError([...problemsOf(datasets), ...problemsOf(tags)]);
  }
  return { datasets: datasets.value, tags: tags.value };
}

/** All that is to be recorded, read from inputs, files and Git. */
export async function gather(
  inputs: Inputs,
  ports: Ports,
  policy: Policy | undefined,
): Promise<Wish> {
  const { model, path } = inputs;
  const { datasets, tags } = listed(inputs);
  const { runId, ...origin } = originOf(inputs.source, inputs['run-id']);
  const asked = inputs.evaluations;
  const patterns = asked.length > 0 ? asked : (policy?.models.get(model)?.evaluations ?? []);
  const evaluations = await evaluationFiles(patterns, ports);
  const code = await ports.git.checkedOut('.', ports.signal);
  const folder = path === undefined ? undefined : await hashFolder(path, ports);
  const configuration =
    path && folder ? await configurationOf(path, folder.files, ports.files) : {};
  const baseModel = baseModelOf(inputs['base-model']);
  return {
    model,
    ...origin,
    runId,
    description: inputs.description.join('\n'),
    ...(folder && { hashed: folder.hashed }),
    facts: {
      // Weights tell two trainings apart better than runs do: one run may leave several.
      ...(runId && { training: runId }),
      ...configuration,
      ...(baseModel && { baseModel }),
      datasets,
    },
    evaluations,
    ...(code && { code }),
    tags,
  };
}
