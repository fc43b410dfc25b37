import { found } from '@passmuster/core/quote.ts';
import { isMap } from '@passmuster/core/shape/map.ts';
import { allMembers, mapIn, own } from './fields.ts';
import type { Findings } from './findings.ts';
import { eachLeaf } from './leaves.ts';
import { pointerTo } from './pointer.ts';

const NONE_HERE = ', none of them the workspace';

const isFile = (value: unknown) => ['data', 'error'].some((key) => own(value, key) !== undefined);

const isRevision = (value: unknown) =>
  own(value, 'error') !== undefined || Object.values(mapIn(value, 'data')).some(isFile);

/** `dvc metrics show --json`: revision → `data` → file → `data` → metrics. */
export function readDvcShow(document: unknown, findings: Findings): boolean {
  if (!allMembers(document, isRevision)) return false;
  const revisions = Object.keys(document);
  const here = revisions.find((name) => name === '' || name === 'workspace');
  const one = here ?? (revisions.length === 1 ? revisions[0] : undefined);
  if (one !== undefined && revisions.length > 1) {
    findings.remark('Of several revisions, only the values of the workspace are read.');
  }
  for (const revision of one === undefined ? revisions : [one]) {
    if (own(document, revision, 'error') !== undefined) {
      findings.remark(`DVC could not read the revision ${found(revision)}.`);
    }
    for (const [file, written] of Object.entries(mapIn(document, revision, 'data'))) {
      if (own(written, 'error') !== undefined) {
        findings.remark(`DVC could not read its metrics file ${found(file)}.`);
      }
      const prefix = pointerTo(revision, 'data', file, 'data');
      const data = own(written, 'data');
      if (data === undefined) continue;
      eachLeaf(data, (name, value, at) => {
        const metric = at === '' ? file : name;
        if (one !== undefined) findings.take(metric, value, prefix + at);
        else findings.refuse(metric, `of ${revisions.length} revisions${NONE_HERE}`, prefix + at);
      });
    }
  }
  return true;
}

const isChange = (value: unknown) =>
  isMap(value) &&
  Object.hasOwn(value, 'old') &&
  Object.hasOwn(value, 'new') &&
  Object.keys(value).every((key) => ['old', 'new', 'diff'].includes(key));

const isDiff = (value: unknown): value is Readonly<Record<string, unknown>> =>
  allMembers(value, (file) => allMembers(file, isChange));

/** `dvc metrics diff --json`: file → metric → `old`, `new`; the new value counts. */
export function readDvcDiff(document: unknown, findings: Findings): boolean {
  const wrapped = own(document, 'diff');
  const isWrapped = isDiff(wrapped);
  const diff = isWrapped ? wrapped : document;
  if (!isDiff(diff)) return false;
  for (const [file, metrics] of Object.entries(diff)) {
    for (const [metric, change] of Object.entries(mapIn(metrics))) {
      const at = (isWrapped ? '/diff' : '') + pointerTo(file, metric, 'new');
      findings.take(metric, own(change, 'new'), at);
    }
  }
  findings.remark('Of a comparison by DVC, the new values are read.');
  return true;
}
