/** What YAML takes for something else than a text, in one version of it or another. */
const WORDS = /^(true|false|yes|no|on|off|y|n|null)$/i;

/** A text as YAML and every reader of it take it for that text. */
export const textOf = (text: string): string =>
  /^[a-z][a-z0-9./-]*$/.test(text) && !WORDS.test(text) ? text : JSON.stringify(text);

export const listOf = (texts: readonly string[]): string => `[${texts.map(textOf).join(', ')}]`;

/** Lines of a comment. */
export const commentOf = (...lines: readonly string[]): string =>
  lines.map((line) => (line === '' ? '#' : `# ${line}`)).join('\n');
