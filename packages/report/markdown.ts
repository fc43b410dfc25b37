import { type Block, type Mark, type Page, partsOf, type Text } from '@passmuster/core/page.ts';
import { visibleLines } from '@passmuster/core/visible.ts';
import { codeSpan, fenceFor, html, prose } from './escape.ts';
import { count } from './quantity.ts';

const MARKS: Record<Mark, string> = {
  pass: '✅ **PASS**',
  fail: '❌ **FAIL**',
  inconclusive: '❔ **INCONCLUSIVE**',
  error: '🛑 **ERROR**',
};

/** What a sentence has in backticks is set as code, whoever wrote it: nothing in code is live. */
function spoken(sentence: string): string[] {
  return sentence.split(/`([^`]+)`/).map((part, index) => {
    if (index % 2 === 1) return codeSpan(part);
    const start = /^\s/.test(part) ? ' ' : '';
    const end = /\S\s+$/.test(part) ? ' ' : '';
    return start + prose(part) + end;
  });
}

/** Neighbours keep the spaces that stand between them; backticks of two that meet would count together. */
const inline = (text: Text): string =>
  partsOf(text)
    .flatMap((part) => (typeof part === 'string' ? spoken(part) : [codeSpan(part.code)]))
    .reduce(
      (line, part) => line + (line.endsWith('`') && part.startsWith('`') ? ' ' : '') + part,
      '',
    );

const inHtml = (text: Text): string =>
  partsOf(text)
    .map((part) => (typeof part === 'string' ? html(part) : `<code>${html(part.code)}</code>`))
    .join('');

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const more = (left: number, of: number): string[] =>
  left > 0 ? ['', `… and ${count(left)} more of ${count(of)}.`] : [];

function block(part: Block, most: number): string[] {
  switch (part.kind) {
    case 'verdict':
      return [`### ${MARKS[part.verdict]} ${inline(part.text)}`];
    case 'heading':
      return [`#### ${inline(part.text)}`];
    case 'paragraph':
      return [inline(part.text)];
    case 'table': {
      const rows = part.rows.slice(0, most);
      const of = part.of ?? part.rows.length;
      return [
        row(part.columns.map(prose)),
        row(part.columns.map(() => '---')),
        ...rows.map((cells) => row(cells.map(inline))),
        ...more(of - rows.length, of),
      ];
    }
    case 'list': {
      const items = part.items.slice(0, most);
      const of = part.of ?? part.items.length;
      return [...items.map((item) => `- ${inline(item)}`), ...more(of - items.length, of)];
    }
    case 'code': {
      const lines = visibleLines(part.text);
      const shown = lines.slice(0, most);
      const fence = fenceFor(part.text);
      return [
        fence + (part.language ?? ''),
        ...shown,
        fence,
        ...more(lines.length - shown.length, lines.length),
      ];
    }
    case 'details':
      return [
        `<details><summary>${inHtml(part.summary)}</summary>`,
        '',
        ...blocks(part.blocks, most),
        '',
        '</details>',
      ];
  }
}

const blocks = (page: Page, most: number): string[] =>
  page.flatMap((part, index) => [...(index > 0 ? [''] : []), ...block(part, most)]);

const LENGTHS = [Number.POSITIVE_INFINITY, 2000, 500, 100, 20, 5, 0];

/** GitHub-flavoured Markdown of at most so many bytes: tables, lists and code get shorter until it fits. */
export function markdown(page: Page, maxBytes: number): string {
  for (const most of LENGTHS) {
    const text = `${blocks(page, most).join('\n')}\n`;
    if (Buffer.byteLength(text) <= maxBytes) return text;
  }
  return 'The report is too long to be shown here.\n';
}
