import { visible } from '@passmuster/core/visible.ts';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { codeSpan, fenceFor, html, prose } from './escape.ts';

const render = (text: string): string =>
  micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

const cellOf = (text: string): string => {
  const rendered = render(`| a | b |\n| - | - |\n| ${text} | end |`);
  const [, cell = '', last] = /<td>(.*)<\/td>\s*<td>(.*)<\/td>/s.exec(rendered) ?? [];
  expect(last).toBe('end');
  return cell;
};

const decoded = (rendered: string): string =>
  rendered
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

const HOSTILE = [
  '@org/team ![](https://e/p.png) <img src=x>',
  '[click](javascript:alert(1))',
  '**bold** _it_ ~~gone~~ `code`',
  '<!-- marker -->',
  'a | b || c',
  '# heading',
  '- item',
  '1. item',
  'see #123 and GH-7 and owner/repo#4',
  'www.example.com https://example.com user@example.com',
  'deadbeefcafe1234',
  '&lt;script&gt;',
  '``` fence',
  '\\| \\\\| \\',
  ':tada:',
  'a\u202Eb\u200Bc\u0000d',
];

const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: fc.constantFrom(...'ab@#:/.<>&|\\`*_[]()!~-+1 \n"\''), maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

test('an empty code span does not open one that ends behind it', () => {
  expect(codeSpan('')).toBe('');
  expect(cellOf(`${codeSpan('')} ${codeSpan('` <img src=x>')}`)).toBe(
    '<code>` &lt;img src=x&gt;</code>',
  );
});

test('a code span shows exactly what is there, also in a table', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const seen = visible(text);
      fc.pre(seen.trim() !== '');
      const cell = cellOf(codeSpan(text));
      expect(cell).toMatch(/^<code>[^<]*<\/code>$/);
      const shown = decoded(cell.slice('<code>'.length, -'</code>'.length)).trim();
      expect(shown.replaceAll('\\u{5c}', '\\')).toBe(seen.replaceAll('\\u{5c}', '\\').trim());
    }),
  );
});

test('prose makes nothing live: no link, picture, tag, mention, reference or markup', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const rendered = cellOf(prose(text));
      expect(rendered.replace(/<code>[^<]*<\/code>/g, '')).not.toMatch(/<|@|#\d|:\/\/|www\./);
    }),
  );
});

test.each(HOSTILE)('prose keeps the words of %j', (text) => {
  const words = decoded(cellOf(prose(text)).replace(/<\/?code>/g, ''));
  expect(words).toBe(visible(text.replace(/\s+/g, ' ')));
});

test('nothing closes a fence from inside', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('`', 'a', '\n', '~') }), (text) => {
      const fence = fenceFor(text);
      const rendered = render(`${fence}\n${text}\n${fence}\n\nend`);
      expect(rendered).toMatch(/<\/code><\/pre>\n<p>end<\/p>$/);
    }),
  );
});

test('HTML text holds no tag', () => {
  expect(html('<b a="x">&')).toBe('&lt;b a=&quot;x&quot;&gt;&amp;');
});
