import type { Problems } from '../problems.ts';
import { refuseCharacters } from './characters.ts';
import { composeTokens } from './compose.ts';
import { tokensOf } from './tokens.ts';
import { isNothing, type Tree, treeOf } from './tree.ts';

const EMPTY = {
  message: 'The policy is empty.',
  hint: 'The smallest one that says something is `environments: { production: {} }`.',
};

/** The text as plain values. Throws what is no YAML; adds what YAML allows and we do not. */
export function readYaml(problems: Problems): Tree {
  refuseCharacters(problems);
  problems.throwAny();
  const tokens = tokensOf(problems);
  if (problems.full) problems.throwAny();
  const contents = composeTokens(tokens, problems);
  if (isNothing(contents)) return problems.fail(0, EMPTY);
  return treeOf(contents, problems);
}
