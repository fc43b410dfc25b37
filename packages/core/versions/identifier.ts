import { commitProblem } from './commit.ts';
import { formatSemantic, parseSemantic } from './semantic.ts';
import { timestampProblem } from './timestamp.ts';

/** How the versions of a model are named. */
export const SCHEMES = ['semantic', 'commit', 'timestamp'] as const;

export type Scheme = (typeof SCHEMES)[number];

/** The tag of a version that holds its identifier. */
export const VERSION_TAG = 'passmuster.version';

export type Identified = { readonly identifier: string } | { readonly refused: string };

function semantic(text: string): Identified {
  const parsed = parseSemantic(text);
  return 'refused' in parsed ? parsed : { identifier: formatSemantic(parsed) };
}

const asWritten =
  (problemOf: (text: string) => string | undefined) =>
  (text: string): Identified => {
    const refused = problemOf(text);
    return refused === undefined ? { identifier: text } : { refused };
  };

const READERS: Record<Scheme, (text: string) => Identified> = {
  semantic,
  commit: asWritten(commitProblem),
  timestamp: asWritten(timestampProblem),
};

/** The identifier as it is kept, or why the text is none of that scheme: a sentence that finishes "it …". */
export const readIdentifier = (text: string, scheme: Scheme): Identified => READERS[scheme](text);
