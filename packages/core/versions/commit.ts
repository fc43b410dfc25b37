const DIGITS = 7;
const IDENTIFIER = /^[0-9a-f]{7}(?:-(?:[2-9]|[1-9][0-9]{1,5}))?$/;

/** Why a text is no version named after a commit: a sentence that finishes "it …". */
export const commitProblem = (text: string): string | undefined =>
  IDENTIFIER.test(text)
    ? undefined
    : `is not ${DIGITS} hexadecimal digits in small letters, as \`abc123f\`, or the same and \`-2\`, \`-3\` and so on`;

/** Which one of its commit it is; the first has no number. */
const countOf = (identifier: string): number => Number(identifier.split('-')[1] ?? 1);

/** The name of the next version of a commit, given all that are taken. */
export function nextOfCommit(commit: string, taken: Iterable<string>): string {
  const base = commit.slice(0, DIGITS).toLowerCase();
  let last = 0;
  for (const identifier of taken) {
    if (commitProblem(identifier) === undefined && identifier.startsWith(base)) {
      last = Math.max(last, countOf(identifier));
    }
  }
  return last === 0 ? base : `${base}-${last + 1}`;
}
