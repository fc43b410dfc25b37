import { isDeepStrictEqual } from 'node:util';
import {
  type ConfigMap,
  type Draft,
  type Fields,
  type Item,
  isFields,
  type ManagedFields,
} from '../objects.ts';

/** No key of a ConfigMap, label or annotation holds it. */
const STEP = '\n';

type Leaves = ReadonlyMap<string, unknown>;

function addMap(leaves: Map<string, unknown>, path: string, map: Fields | undefined): void {
  if (!map) return;
  leaves.set(path, true);
  for (const [key, value] of Object.entries(map)) leaves.set(`${path}${STEP}f:${key}`, value);
}

/** What can be owned of a ConfigMap, by its path. */
function leavesOf(item: ConfigMap | undefined): Leaves {
  const leaves = new Map<string, unknown>();
  if (!item) return leaves;
  addMap(leaves, 'f:data', item.data);
  addMap(leaves, 'f:binaryData', item.binaryData);
  addMap(leaves, `f:metadata${STEP}f:annotations`, item.metadata.annotations);
  addMap(leaves, `f:metadata${STEP}f:labels`, item.metadata.labels);
  if (item.immutable !== undefined) leaves.set('f:immutable', item.immutable);
  return leaves;
}

/** A dot is the map itself, where some of its keys are owned too. */
function pathsOf(fields: Fields, above = ''): string[] {
  return Object.entries(fields).flatMap(([step, below]) => {
    if (step === '.') return [above];
    const path = above === '' ? step : `${above}${STEP}${step}`;
    return isFields(below) && Object.keys(below).length > 0 ? pathsOf(below, path) : [path];
  });
}

type Tree = { [step: string]: Tree };

function fieldsOf(paths: Iterable<string>): Fields {
  const root: Tree = {};
  const all = [...paths];
  for (const path of all) {
    let at = root;
    for (const step of path.split(STEP)) {
      at[step] ??= {};
      at = at[step];
    }
    if (all.some((other) => other.startsWith(`${path}${STEP}`))) at['.'] = {};
  }
  return root;
}

function without(entry: ManagedFields, gone: ReadonlySet<string>): ManagedFields[] {
  const paths = pathsOf(entry.fieldsV1);
  const left = paths.filter((path) => !gone.has(path));
  if (left.length === paths.length) return [entry];
  return left.length === 0 ? [] : [{ ...entry, fieldsV1: fieldsOf(left) }];
}

const orderOf = ({ operation, time, manager }: ManagedFields): string =>
  [operation, time, manager].join(STEP);

const inOrder = (a: ManagedFields, b: ManagedFields): number => (orderOf(a) < orderOf(b) ? -1 : 1);

/** What a writer changes becomes its own, and nobody else's. */
export function managed(
  before: Item | undefined,
  after: Draft,
  manager: string,
  time: string,
): readonly ManagedFields[] {
  const entries = before?.metadata.managedFields ?? [];
  const was = leavesOf(before);
  const is = leavesOf(after as ConfigMap);
  const taken = [...is].filter(
    ([path, value]) => !was.has(path) || !isDeepStrictEqual(was.get(path), value),
  );
  const gone = new Set([
    ...taken.map(([path]) => path),
    ...[...was.keys()].filter((path) => !is.has(path)),
  ]);
  const mine = (entry: ManagedFields) =>
    entry.manager === manager && entry.operation === 'Update' && !entry.subresource;
  const others = entries.filter((entry) => !mine(entry)).flatMap((entry) => without(entry, gone));
  const kept = entries.filter(mine).flatMap((entry) => pathsOf(entry.fieldsV1));
  const own = new Set([...kept, ...taken.map(([path]) => path)].filter((path) => is.has(path)));
  if (own.size === 0) return others;
  const entry = { manager, operation: 'Update', apiVersion: after.apiVersion, time } as const;
  const written = { ...entry, fieldsType: 'FieldsV1', fieldsV1: fieldsOf(own) } as const;
  return [...others, written].toSorted(inOrder);
}
