import { InputError } from '../errors.ts';
import { refuseCharacters } from './characters.ts';
import { composeTokens } from './compose.ts';
import { MOST_YAML_BYTES } from './limits.ts';
import type { Problems, Said } from './problems.ts';
import { tokensOf } from './tokens.ts';
import { isNothing, type Numbers, type Tree, treeOf } from './tree.ts';

function refuseTooLarge({ source }: Problems): void {
  const bytes = Buffer.byteLength(source.text);
  if (bytes <= MOST_YAML_BYTES) return;
  const message = `The file has ${bytes} bytes; expected at most ${MOST_YAML_BYTES} (1 MiB).`;
  throw new InputError([{ message, place: { file: source.file } }]);
}

/** The text as plain values. Throws what is no YAML; adds what YAML allows and we do not. */
export function readYaml(problems: Problems, empty: Said, numbers: Numbers = 'finite'): Tree {
  refuseTooLarge(problems);
  refuseCharacters(problems);
  problems.throwAny();
  const tokens = tokensOf(problems);
  if (problems.full) problems.throwAny();
  const contents = composeTokens(tokens, problems);
  if (isNothing(contents)) return problems.fail(0, empty);
  return treeOf(contents, problems, numbers);
}
