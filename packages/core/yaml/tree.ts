import { isMap, isScalar, isSeq, type Pair, type ParsedNode, type Scalar } from 'yaml';
import { quotable } from '../quote.ts';
import type { Path } from '../shape/shape.ts';
import { REFUSED } from '../shape/shape.ts';
import type { Problems } from './problems.ts';

/** A plain value and where in the text each part of it stands. */
export interface Tree {
  readonly value: unknown;
  readonly at: number;
  readonly children: ReadonlyMap<string | number, Branch>;
}

interface Branch {
  readonly key: number;
  readonly tree: Tree;
}

const NO_CHILDREN: ReadonlyMap<string | number, Branch> = new Map();

/** Where the part of the tree at the path stands; the nearest part above when it is not there. */
export function offsetOf(tree: Tree, path: Path, about: 'key' | 'value'): number {
  let branch: Branch = { key: tree.at, tree };
  for (const step of path) branch = branch.tree.children.get(step) ?? branch;
  return about === 'key' ? branch.key : branch.tree.at;
}

/** Which numbers there may be: only finite ones, or also `.nan`, `.inf` and what is as large. */
export type Numbers = 'finite' | 'any';

/** The node as a plain value. What YAML and people read differently is refused on the way. */
export function treeOf(node: ParsedNode, problems: Problems, numbers: Numbers): Tree {
  const at = node.range[0];
  if (isMap(node)) return mapTree(node.items, at, problems, numbers);
  if (isSeq(node)) return listTree(node.items, at, problems, numbers);
  const value = isScalar(node) ? scalar(node, problems, numbers) : REFUSED;
  return { value, at, children: NO_CHILDREN };
}

function listTree(
  items: readonly ParsedNode[],
  at: number,
  problems: Problems,
  numbers: Numbers,
): Tree {
  const trees = items.map((item) => treeOf(item, problems, numbers));
  const branches = trees.map((tree, index) => [index, { key: tree.at, tree }] as const);
  return { value: trees.map(({ value }) => value), at, children: new Map(branches) };
}

function mapTree(
  items: readonly Pair<ParsedNode, ParsedNode | null>[],
  at: number,
  problems: Problems,
  numbers: Numbers,
): Tree {
  const value: Record<string, unknown> = Object.create(null);
  const children = new Map<string, Branch>();
  for (const pair of items) {
    const key = pair.key.range[0];
    const name = keyName(pair.key, problems);
    const tree = isNothing(pair.value)
      ? { value: null, at: key, children: NO_CHILDREN }
      : treeOf(pair.value, problems, numbers);
    if (name === undefined) continue;
    const first = children.get(name);
    if (first !== undefined) refuseSecond(name, key, first.key, problems);
    else {
      children.set(name, { key, tree });
      value[name] = tree.value;
    }
  }
  return { value, at, children };
}

/** A value that was not written at all; it has no place, so its key stands for it. */
export const isNothing = (node: ParsedNode | null): node is null =>
  node === null || (isScalar(node) && node.value === null && node.source === '');

function refuseSecond(name: string, offset: number, first: number, problems: Problems): void {
  problems.add(offset, () => {
    const { line, column } = problems.source.place(first);
    const before = `the first is in line ${line}, column ${column}`;
    return {
      message: `The key \`${quotable(name)}\` is written twice; ${before}.`,
      hint: 'Keep one of the two.',
    };
  });
}

function keyName(node: ParsedNode, problems: Problems): string | undefined {
  const offset = node.range[0];
  if (!isScalar(node)) {
    problems.add(offset, () => ({
      message: 'A key must be a text, not a list, a map or an alias.',
    }));
    return undefined;
  }
  if (node.type === 'PLAIN' && node.value === '<<') {
    const message = 'Merge keys (`<<`) are not allowed here.';
    problems.add(offset, () => ({ message, hint: 'Write the keys out.' }));
    return undefined;
  }
  if (typeof node.value === 'string') return node.value;
  const source = quotable(node.source ?? '');
  problems.add(offset, () => ({
    message: source === '' ? 'A key is missing here.' : `The key \`${source}\` is not a text.`,
    hint: source === '' ? undefined : `Put it in quotes: "${source}".`,
  }));
  return undefined;
}

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Numbers only as JSON writes them: `010`, `0x10` and `.5` mean other things to other readers. */
function scalar(node: Scalar.Parsed, problems: Problems, numbers: Numbers): unknown {
  if (typeof node.value !== 'number') return node.value;
  const source = node.source ?? '';
  const finite = Number.isFinite(node.value);
  if (finite ? DECIMAL.test(source) : numbers === 'any') return node.value;
  problems.add(node.range[0], () => ({
    message: `\`${quotable(source)}\` is a number, but not a plain decimal one.`,
    hint: `${finite ? `Write ${node.value}` : 'Write a finite one'}, or put it in quotes if it is a text.`,
  }));
  return REFUSED;
}
