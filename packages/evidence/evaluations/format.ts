export type Format = 'json' | 'jsonl' | 'yaml' | 'card' | 'csv' | 'xml';

/** What a name says; asked only where the content could be either. */
const BY_ENDING = new Map<string, Format>([
  ['json', 'json'],
  ['jsonl', 'jsonl'],
  ['ndjson', 'jsonl'],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['md', 'card'],
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['xml', 'xml'],
]);

const endingOf = (path: string): Format | undefined =>
  BY_ENDING.get(/\.([a-z]{2,6})$/i.exec(path)?.[1]?.toLowerCase() ?? '');

const FRONT_MATTER = /^---[ \t]*\r?\n/;
const FRONT_MATTER_END = /\n---[ \t]*(?:\r?\n|$)/g;

/** The front matter, with the line that starts it so that lines count alike; nothing without one. */
export function frontMatter(text: string): string | undefined {
  const start = FRONT_MATTER.exec(text)?.[0].length;
  if (start === undefined) return undefined;
  FRONT_MATTER_END.lastIndex = start - 1;
  const end = FRONT_MATTER_END.exec(text)?.index;
  return end === undefined ? undefined : text.slice(0, end + 1);
}

const firstLine = (text: string): string => text.split('\n', 1)[0]?.trim() ?? '';

/** A map on the first line, and more below it: no JSON goes on after its end. */
function isLines(text: string): boolean {
  const line = firstLine(text);
  return line.startsWith('{') && line.endsWith('}') && /\S/.test(text.slice(line.length));
}

/** How to read a text, by what it looks like. */
export function formatOf(text: string, path: string): Format {
  const ending = endingOf(path);
  const start = text.trimStart();
  if (ending === 'csv') return 'csv';
  if (start.startsWith('<')) return ending === 'card' ? 'card' : 'xml';
  if (/^[{[]/.test(start)) {
    if (isLines(start) || ending === 'jsonl') return 'jsonl';
    const isJson = /^(?:\{\s*["}]|\[)/.test(start);
    return isJson || ending !== 'yaml' ? 'json' : 'yaml';
  }
  if (ending === 'yaml') return 'yaml';
  if (frontMatter(text) !== undefined) return 'card';
  if (ending !== undefined) return ending;
  const line = firstLine(start);
  return /[,\t]/.test(line) && !/:(?:\s|$)/.test(line) ? 'csv' : 'yaml';
}
