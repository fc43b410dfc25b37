import { isMap } from '@passmuster/core/shape/map.ts';
import { mapIn, own } from './fields.ts';
import type { Findings } from './findings.ts';
import { eachLeaf } from './leaves.ts';
import { pointerTo } from './pointer.ts';

const READ = ['overall', 'by_group', 'counts'];

interface Cell {
  readonly metric: string;
  readonly group: string;
  readonly value: unknown;
  readonly at: string;
  readonly isNamed: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether the metrics are the outer keys, which only `overall` can tell; nothing when it cannot. */
function metricsOutside(byGroup: Fields, overall: unknown): boolean | undefined {
  const known = (keys: readonly string[]) => keys.every((key) => own(overall, key) !== undefined);
  const outside = known(Object.keys(byGroup));
  const inside = known(Object.values(byGroup).flatMap((members) => Object.keys(mapIn(members))));
  return outside === inside ? undefined : outside;
}

/** One metric alone is written without its name; else metric → group, or group → metric. */
function* cellsOf(byGroup: Fields, outside: boolean | undefined): Generator<Cell> {
  for (const [key, members] of Object.entries(byGroup)) {
    if (!isMap(members)) {
      yield {
        metric: 'overall',
        group: key,
        value: members,
        at: pointerTo('by_group', key),
        isNamed: true,
      };
      continue;
    }
    for (const [inner, value] of Object.entries(members)) {
      const [metric, group] = outside ? [key, inner] : [inner, key];
      const at = pointerTo('by_group', key, inner);
      yield { metric, group, value, at, isNamed: outside !== undefined };
    }
  }
}

/** A MetricFrame of Fairlearn, as people dump it: groups are slices. */
export function readByGroup(document: unknown, findings: Findings): boolean {
  const byGroup = own(document, 'by_group');
  const overall = own(document, 'overall');
  if (!isMap(document) || !isMap(byGroup) || overall === undefined) return false;
  eachLeaf(overall, (name, value, at) => {
    findings.take(at === '' ? 'overall' : name, value, `/overall${at}`);
  });
  const outside = metricsOutside(byGroup, overall);
  for (const { metric, group, value, at, isNamed } of cellsOf(byGroup, outside)) {
    const samples = own(document, 'counts', group);
    if (isNamed) findings.take(metric, value, at, { slice: group, samples });
    else findings.refuse(metric, 'either a metric or a group: `overall` does not tell', at);
  }
  const rest = Object.entries(document).filter(([name]) => !READ.includes(name));
  for (const [part, value] of rest) {
    eachLeaf(value, (name, leaf, at) => {
      findings.take(at === '' ? part : `${part}.${name}`, leaf, pointerTo(part) + at);
    });
  }
  return true;
}
