import { isMap } from '@passmuster/core/shape/map.ts';
import { own, textIn } from './fields.ts';
import type { Findings } from './findings.ts';
import { eachLeaf } from './leaves.ts';
import { pointerTo } from './pointer.ts';

/** What an entry of `benchmarks` says beside its scores. */
const NO_SCORES = ['name', 'benchmark', 'task', 'dataset', 'samples', 'n', 'stderr', 'version'];
/** The score that has no name but that of its benchmark. */
const NAMELESS = ['score', 'value'];

function takeBenchmark(name: string, entry: unknown, at: string, findings: Findings): void {
  if (!isMap(entry)) {
    findings.take(name, entry, at);
    return;
  }
  const dataset = textIn(entry, 'dataset');
  const about = {
    samples: own(entry, 'samples') ?? own(entry, 'n'),
    conditions: dataset === undefined ? {} : { dataset },
  };
  for (const [key, value] of Object.entries(entry)) {
    if (NO_SCORES.includes(key)) continue;
    const standardError = NAMELESS.includes(key) ? own(entry, 'stderr') : undefined;
    const prefix = key === 'metrics' || NAMELESS.includes(key) ? name : `${name}.${key}`;
    eachLeaf(value, (path, leaf, below) => {
      const metric = below === '' ? prefix : `${prefix}.${path}`;
      findings.take(metric, leaf, at + pointerTo(key) + below, { ...about, standardError });
    });
  }
}

function takeBenchmarks(benchmarks: unknown, findings: Findings): void {
  const at = '/evaluation/benchmarks';
  if (isMap(benchmarks)) {
    for (const [name, entry] of Object.entries(benchmarks)) {
      takeBenchmark(name, entry, at + pointerTo(name), findings);
    }
  }
  for (const [index, entry] of Array.isArray(benchmarks) ? benchmarks.entries() : []) {
    const name = ['name', 'benchmark', 'task'].flatMap((key) => textIn(entry, key) ?? [])[0];
    if (name !== undefined) takeBenchmark(name, entry, at + pointerTo(index), findings);
    else findings.refuse(`benchmarks.${index}`, 'without a name', at + pointerTo(index));
  }
}

/** The evaluation part of a lineage document; the rest of it is no metric. */
export function readLineage(document: unknown, findings: Findings): boolean {
  const metrics = own(document, 'evaluation', 'metrics');
  const benchmarks = own(document, 'evaluation', 'benchmarks');
  const isList = Array.isArray(benchmarks) || isMap(benchmarks);
  if (!isMap(metrics) && !isList) return false;
  eachLeaf(isMap(metrics) ? metrics : {}, (metric, value, at) => {
    findings.take(metric, value, `/evaluation/metrics${at}`);
  });
  takeBenchmarks(benchmarks, findings);
  return true;
}
