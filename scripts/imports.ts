import { posix } from 'node:path';
import { DEPENDENCIES, isTest, LONGEST, partOf, workspaceOf } from './house.ts';
import { cyclesIn, type Edge } from './import-cycles.ts';
import { type Import, importsOf } from './import-reader.ts';

/** What in a tree (path to source) breaks the rules of the house: file, line and rule. */
export function brokenRules(tree: ReadonlyMap<string, string>): readonly string[] {
  const problems: string[] = [];
  const graph = new Map<string, readonly Edge[]>();
  for (const [file, source] of tree) {
    const imports = importsOf(file, source);
    graph.set(file, edgesOf(file, imports));
    problems.push(...brokenFile(file, source));
    for (const one of imports) {
      const rule = brokenImport(file, one);
      if (rule) problems.push(`${file}:${one.line} ${rule}`);
    }
  }
  for (const { file, line, files } of cyclesIn(graph)) {
    problems.push(`${file}:${line} closes a circle of imports: ${files.join(' → ')}`);
  }
  return problems;
}

/** Types alone may refer to each other in a circle: nothing of them is left when the files load. */
const edgesOf = (file: string, imports: readonly Import[]): readonly Edge[] =>
  imports.flatMap(({ target, line, how }) => {
    const to = target && how !== 'type' ? fileOf(file, target) : undefined;
    return to ? [{ to, line }] : [];
  });

function* brokenFile(file: string, source: string): Generator<string> {
  const lines = source.trimEnd().split('\n').length;
  if (lines > LONGEST) {
    yield `${file}:${LONGEST + 1} goes on to line ${lines}; split it by what it does, ${LONGEST} lines at most`;
  }
  if (workspaceOf(file) && !partOf(file)) {
    yield `${file}:1 is in no part of the house; scripts/house.ts lists them`;
  }
}

function brokenImport(file: string, { target, how }: Import): string | undefined {
  const product = workspaceOf(file) !== '' && !isTest(file);
  // Scripts and tests start programs by their path.
  if (how === 'worker' && !product) return undefined;
  if (target === undefined) {
    return product ? 'imports a computed name, which no rule can be held against' : undefined;
  }
  const found = fileOf(file, target);
  if (found) {
    return brokenPath(file, found, target) ?? (product ? brokenArrow(file, found) : undefined);
  }
  if (!product) return undefined;
  return target.startsWith('node:') ? brokenNode(file, target) : brokenDependency(file, target);
}

function brokenPath(file: string, found: string, target: string): string | undefined {
  if (found.endsWith('.test.ts')) return `imports ${found}, a test that would then run here too`;
  if (isTest(found)) {
    return isTest(file) ? undefined : `imports ${found}: only tests may`;
  }
  const home = workspaceOf(file);
  if (!target.startsWith('.') || home === '' || home === workspaceOf(found)) return undefined;
  return `imports ${target}: across packages, import by the package’s name`;
}

function brokenArrow(file: string, found: string): string | undefined {
  if (workspaceOf(file) === workspaceOf(found) && partOf(file) === partOf(found)) return undefined;
  const from = partOf(file);
  if (!from || from.parts.includes(partOf(found)?.name ?? '')) return undefined;
  const allowed = from.parts.length > 0 ? from.parts.join(', ') : 'none of our packages';
  return `imports ${found}: ${from.name} may import ${allowed}`;
}

function brokenNode(file: string, target: string): string | undefined {
  const part = partOf(file);
  if (!part?.node || part.node.includes(target)) return undefined;
  return `imports ${target}: of Node, ${part.name} may import ${part.node.join(', ') || 'nothing'}`;
}

function brokenDependency(file: string, target: string): string | undefined {
  const name = target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
  const places = DEPENDENCIES.get(name);
  if (!places) return `imports ${name}: scripts/house.ts does not say who may`;
  const may = places.some((place) => file.startsWith(place));
  return may ? undefined : `imports ${name}: only ${places.join(' and ')} may`;
}

/** The file of ours that is meant, if it is one. */
function fileOf(file: string, target: string): string | undefined {
  if (target.startsWith('.')) return posix.join(posix.dirname(file), target);
  const [scope, name, ...path] = target.split('/');
  if (scope === 'passmuster') return target.replace('passmuster', 'packages/cli');
  if (scope !== '@passmuster' || !name) return undefined;
  const action = name.startsWith('action-') && name !== 'action-kit';
  const folder = action ? name.replace('action-', 'actions/') : `packages/${name}`;
  return [folder, ...path].join('/');
}
