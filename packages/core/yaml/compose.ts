import {
  Composer,
  type CST,
  type Document,
  type ErrorCode,
  type ParsedNode,
  type YAMLError,
} from 'yaml';
import { quotable } from '../quote.ts';
import type { Problems } from './problems.ts';

/** These speak of what `tokensOf` has refused before, in words of our own. */
const TOLD: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ALIAS_PROPS',
  'BAD_ALIAS',
  'BAD_COLLECTION_TYPE',
  'BAD_DIRECTIVE',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_DOCS',
  'MULTIPLE_TAGS',
  'TAG_RESOLVE_FAILED',
]);

const QUOTE = 'A text that holds `: ` or starts with a sign must be in quotes.';
const INDENT = 'What belongs together must start in the same column.';

const HINTS: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: INDENT,
  BAD_SCALAR_START: QUOTE,
  BLOCK_AS_IMPLICIT_KEY: `${INDENT} ${QUOTE}`,
  MULTILINE_IMPLICIT_KEY: 'Is a `:` missing, or a closing quote?',
  TAB_AS_INDENT: 'Indent with spaces.',
  UNEXPECTED_TOKEN: QUOTE,
};

function composed(tokens: CST.Token[], end: number): Document.Parsed | undefined {
  // A hostile text has a hundred thousand errors, and their stack traces cost seconds.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    // Keys are compared elsewhere: here, each would be compared with every other.
    const composer = new Composer({ uniqueKeys: false, merge: false, version: '1.2' });
    return composer.compose(tokens, true, end).next().value ?? undefined;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function told({ code, message }: YAMLError) {
  const plain = message.replace(/(['"])quote$/, 'quote ($1)');
  return { message: `This is not YAML: ${quotable(plain, 200)}.`, hint: HINTS[code] };
}

/** What the text holds. Throws, with all that was found before, when it is no YAML. */
export function composeTokens(tokens: CST.Token[], problems: Problems): ParsedNode | null {
  const { source } = problems;
  const document = composed(tokens, source.text.length);
  const errors = [...(document?.errors ?? []), ...(document?.warnings ?? [])];
  const lastSeen = source.text.trimEnd().length;
  const brokenLines = new Set<number>();
  const wasTold = problems.any;
  for (const error of errors.filter(({ code }) => !(wasTold && TOLD.has(code)))) {
    const offset = Math.min(error.pos[0], lastSeen);
    const { line } = source.place(offset);
    // What else is said of a line mostly follows from the first error in it.
    if (!brokenLines.has(line)) problems.add(offset, () => told(error));
    brokenLines.add(line);
  }
  if (brokenLines.size > 0) problems.throwAny();
  return document?.contents ?? null;
}
