import { CST, Lexer, Parser } from 'yaml';
import type { Problems } from './problems.ts';

/** Deeper than any document that people write; the parser behind this one recurses. */
const DEEPEST = 64;

/** Many times what people write; each costs the parser a kilobyte. */
const MOST_PARTS = 100_000;

/** More than anybody reads, of what is no YAML at all. */
const MOST_ERRORS = 100;

const REFUSED: Partial<Record<CST.TokenType, { message: string; hint: string }>> = {
  anchor: {
    message: 'Anchors (`&name`) are not allowed here.',
    hint: 'Take the anchor out; write the value wherever it is needed.',
  },
  alias: {
    message: 'Aliases (`*name`) are not allowed here.',
    hint: 'Write the value out. A text that starts with `*` must be in quotes.',
  },
  tag: {
    message: 'Tags (`!name`) are not allowed here.',
    hint: 'Take the tag out. A text that starts with `!` must be in quotes.',
  },
  'directive-line': {
    message: 'Directives (`%YAML`, `%TAG`) are not allowed here: the file is read as YAML 1.2.',
    hint: 'Take the line out.',
  },
};

const SECOND_DOCUMENT = {
  message: 'A second YAML document starts here; the file must hold one.',
  hint: 'Take `---` or `...` out, and put everything into one document.',
};

const TOO_DEEP = {
  message: `The nesting is deeper than ${DEEPEST} levels here.`,
  hint: 'Look for a bracket or a dash too many: nobody needs so many levels.',
};

const TOO_MANY = {
  message: `The file has more than ${MOST_PARTS} words and signs.`,
  hint: 'Is this the right file?',
};

/** What the parser makes of the text; without what makes YAML surprising, which is refused. */
export function tokensOf(problems: Problems): CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let document: CST.Token | undefined;
  let errors = 0;
  let isScalar = false;
  let parts = 0;
  for (const lexeme of new Lexer().lex(problems.source.text)) {
    const at = parser.offset;
    if (++parts > MOST_PARTS) problems.fail(at, TOO_MANY);
    const type: CST.TokenType | null = isScalar ? null : CST.tokenType(lexeme);
    isScalar = type === 'scalar';
    const refused = type && REFUSED[type];
    if (refused) problems.add(at, () => refused);
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'error') errors++;
    }
    if (parser.stack.length > DEEPEST) problems.fail(at, TOO_DEEP);
    const [current] = parser.stack;
    if (current?.type === 'document') document ??= current;
    if (current?.type === 'document' && current !== document) {
      problems.add(at, () => SECOND_DOCUMENT);
      break;
    }
    if (problems.full || errors === MOST_ERRORS) break;
  }
  return [...tokens, ...parser.end()].filter(({ type }) => type !== 'directive');
}
