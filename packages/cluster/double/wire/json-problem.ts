/** What is wrong with a text that is no JSON, as Go says it. */
export function jsonProblem(text: string, error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const at = /position (\d+)/.exec(said)?.[1];
  if (at === undefined) return 'unexpected end of JSON input';
  const found = `invalid character '${text.charAt(Number(at))}'`;
  return said.includes('after JSON')
    ? `${found} after top-level value`
    : `${found} looking for beginning of value`;
}
