import type { Conditions } from '@passmuster/core/evidence/measured.ts';
import { listIn, own, textIn } from './fields.ts';
import { type Findings, isTooLong } from './findings.ts';
import { pointerTo } from './pointer.ts';

interface Score {
  readonly name: string;
  readonly split: string | undefined;
  readonly value: unknown;
  readonly at: string;
  readonly conditions: Conditions;
}

/** `glue/sst2`: the identifier of the dataset, with its configuration. */
function datasetName(result: unknown): string | undefined {
  const id = textIn(result, 'dataset', 'type') ?? textIn(result, 'dataset', 'name');
  const config = textIn(result, 'dataset', 'config');
  return id !== undefined && config !== undefined && config !== 'default' ? `${id}/${config}` : id;
}

function conditionsOf(result: unknown): Conditions {
  const name = datasetName(result);
  if (name === undefined) return {};
  const split = textIn(result, 'dataset', 'split');
  const revision = textIn(result, 'dataset', 'revision');
  const known = [name, ...(split ? [split] : []), ...(revision ? [`revision ${revision}`] : [])];
  return { dataset: known.join(', ') };
}

function* scoresOf(document: unknown): Generator<Score> {
  for (const [model, entry] of listIn(document, 'model-index').entries()) {
    for (const [number, result] of listIn(entry, 'results').entries()) {
      const dataset = datasetName(result);
      const split = textIn(result, 'dataset', 'split');
      const conditions = conditionsOf(result);
      for (const [index, metric] of listIn(result, 'metrics').entries()) {
        const type = textIn(metric, 'type') ?? textIn(metric, 'name');
        if (type === undefined) continue;
        const name = dataset === undefined ? type : `${dataset}.${type}`;
        const at = pointerTo('model-index', model, 'results', number, 'metrics', index, 'value');
        yield { name, split, value: own(metric, 'value') ?? null, at, conditions };
      }
    }
  }
}

/** `model-index` of a Hugging Face model card. A name that stands there for two splits has slices. */
export function readModelIndex(document: unknown, findings: Findings): boolean {
  if (!Array.isArray(own(document, 'model-index'))) return false;
  const scores = [...scoresOf(document)];
  const splits = new Map<string, Set<string | undefined>>();
  for (const { name, split } of scores) {
    // It is left out, and a map would read it through.
    if (isTooLong(name)) continue;
    splits.set(name, (splits.get(name) ?? new Set()).add(split));
  }
  for (const { name, split, value, at, conditions } of scores) {
    const isSliced = (splits.get(name)?.size ?? 0) > 1 && split !== undefined;
    const slice = isSliced ? `split=${split}` : undefined;
    findings.take(name, value, at, { slice, conditions });
  }
  return true;
}
