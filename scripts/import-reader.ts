import { type ESTree, parseSync, Visitor } from 'rolldown/utils';

/** One file naming another. */
export interface Import {
  /** As it is written; undefined where it is computed, so that nobody can tell. */
  readonly target: string | undefined;
  readonly line: number;
  /** A type is gone before anything runs; a worker is a file that runs beside. */
  readonly how: 'value' | 'type' | 'worker';
}

/** Read by the bundler's own parser, which no comment and no string can fool. */
export function importsOf(file: string, source: string): readonly Import[] {
  const { program, errors } = parseSync(file, source);
  if (errors[0]) throw new Error(`${file} cannot be read: ${errors[0].message}`);
  const found: Import[] = [];
  const note = (node: ESTree.Span, target: string | undefined, how: Import['how']): void => {
    found.push({ target, line: source.slice(0, node.start).split('\n').length, how });
  };
  new Visitor({
    ImportDeclaration: (node) => note(node, node.source.value, node.importKind ?? 'value'),
    ExportAllDeclaration: (node) => note(node, node.source.value, node.exportKind ?? 'value'),
    ExportNamedDeclaration(node) {
      if (node.source) note(node, node.source.value, node.exportKind ?? 'value');
    },
    ImportExpression: (node) => note(node, textOf(node.source), 'value'),
    TSImportType: (node) => note(node, node.source.value, 'type'),
    NewExpression(node) {
      const target = workerOf(node);
      if (target) note(node, target, 'worker');
    },
  }).visit(program);
  return found;
}

/** `new URL('./x.ts', import.meta.url)`, which the bundler follows like an import. */
function workerOf(node: ESTree.NewExpression): string | undefined {
  const [path, base] = node.arguments;
  if (node.callee.type !== 'Identifier' || node.callee.name !== 'URL' || !path) return undefined;
  if (base?.type !== 'MemberExpression' || base.object.type !== 'MetaProperty') return undefined;
  const target = textOf(path);
  return target && /\.[jt]s$/.test(target) ? target : undefined;
}

function textOf(node: ESTree.Expression | ESTree.SpreadElement): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}
