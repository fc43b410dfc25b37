import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';

export type Tree = ASTNode;

export interface Failure {
  readonly code: string;
  readonly start: number;
  readonly end: number;
}

/** What a person can still read; recursion over a tree goes no deeper than its nodes. */
const limits = { maxAstNodes: 500, maxDepth: 40 };
const environment = new Environment({ limits });

/** The tree of a text, or where the parser gave up. It only parses: it evaluates as CEL does, and we do not. */
export function treeOf(text: string): Tree | Failure {
  try {
    return environment.parse(text).ast;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { start, end } = error.range ?? { start: 0, end: 0 };
    return { code: error.code, start, end };
  }
}
