import { code, type Page } from '@passmuster/core/page.ts';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { rounds } from '../../test/rounds.ts';
import { markdown } from './markdown.ts';
import { terminalLines } from './terminal.ts';

const PAGE: Page = [
  { kind: 'verdict', verdict: 'fail', text: ['2 files differ in ', code('a|b')] },
  { kind: 'heading', text: 'What differs' },
  {
    kind: 'table',
    columns: ['', 'file'],
    rows: [
      ['changed', code('weights/model-00001-of-00002.safetensors')],
      ['missing', code('config.json')],
    ],
    of: 5,
  },
  { kind: 'list', items: [['see ', code('x')], 'and *y*'] },
  { kind: 'code', text: 'line\n```\nend' },
  {
    kind: 'details',
    summary: ['More & ', code('<m>')],
    blocks: [{ kind: 'paragraph', text: 'in <b>' }],
  },
];

test('Markdown', () => {
  expect(markdown(PAGE, 10_000)).toBe(
    [
      '### ❌ **FAIL** 2 files differ in `a\\|b`',
      '',
      '#### What differs',
      '',
      '|  | file |',
      '| --- | --- |',
      '| changed | `weights/model-00001-of-00002.safetensors` |',
      '| missing | `config.json` |',
      '',
      '… and 3 more of 5.',
      '',
      '- see `x`',
      '- and \\*y\\*',
      '',
      '````',
      'line',
      '```',
      'end',
      '````',
      '',
      '<details><summary>More &amp; <code>&lt;m&gt;</code></summary>',
      '',
      'in &lt;b&gt;',
      '',
      '</details>',
      '',
    ].join('\n'),
  );
});

test('a page of code alone is for a program: it stands at the margin, with nothing to obey', () => {
  const text = `a:\n  b: ${'x'.repeat(200)}\u001b[31m`;
  expect(terminalLines([{ kind: 'code', text }], { colour: true, width: 80 })).toEqual([
    'a:',
    `  b: ${'x'.repeat(200)}\\u{1b}[31m`,
  ]);
});

test('a terminal', () => {
  expect(terminalLines(PAGE, { colour: false, width: 40 })).toEqual([
    'FAIL 2 files differ in a|b',
    '',
    'What differs',
    '',
    'changed  weights/model-00001-of-00002.safetensors',
    'missing  config.json',
    '… and 3 more of 5.',
    '',
    '- see x',
    '- and *y*',
    '',
    '  line',
    '  ```',
    '  end',
    '',
    'More & <m>',
    'in <b>',
  ]);
});

test('colour only where it is asked for', () => {
  expect(terminalLines(PAGE, { colour: true, width: 40 })[0]).toBe(
    '\u001b[1;31mFAIL\u001b[0m 2 files differ in a|b',
  );
});

test('hostile text moves no cursor and forges no row', () => {
  const page: Page = [
    { kind: 'table', columns: ['file'], rows: [[code('a\u001b[2Jb\nc | d\r')]] },
    { kind: 'paragraph', text: 'x\u001b]0;title\u0007\ny' },
  ];
  expect(terminalLines(page, { colour: true, width: 100 }).slice(1)).toEqual([
    'a\\u{1b}[2Jb\\u{a}c | d\\u{d}',
    '',
    'x\\u{1b}]0;title\\u{7}\\u{a}y',
  ]);
  expect(markdown(page, 1000)).toContain('| `a\\u{1b}[2Jb\\u{a}c \\| d\\u{d}` |');
});

test.each([100, 1000, 10_000, 100_000])(
  'a long page fits %i bytes, and says what it left out',
  (most) => {
    const rows = Array.from({ length: 5000 }, (_, index) => ['changed', code(`file-${index}`)]);
    const text = markdown(
      [
        { kind: 'verdict', verdict: 'fail', text: 'no' },
        { kind: 'table', columns: ['', 'file'], rows },
      ],
      most,
    );
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
    expect(text).toMatch(/^### ❌ \*\*FAIL\*\* no\n/);
    expect(text).toMatch(/… and [\d,]+ more of 5,000\.\n$/);
  },
);

test('what does not fit at all is said in a line', () => {
  expect(markdown([{ kind: 'paragraph', text: 'word '.repeat(1000) }], 100)).toBe(
    'The report is too long to be shown here.\n',
  );
});

test('a table that does not fit stands below each other, and nothing is cut', () => {
  const page: Page = [
    {
      kind: 'table',
      columns: ['', 'file', 'expected', 'found'],
      rows: [['changed', code('weights/model.bin'), code('sha256 2f1a…'), code('sha256 7c3b…')]],
    },
  ];
  expect(terminalLines(page, { colour: false, width: 40 })).toEqual([
    'changed  weights/model.bin',
    '  expected: sha256 2f1a…',
    '  found: sha256 7c3b…',
  ]);
  expect(terminalLines(page, { colour: false, width: 80 })).toEqual([
    '         file               expected      found',
    'changed  weights/model.bin  sha256 2f1a…  sha256 7c3b…',
  ]);
});

test('a long table is counted, and does not break the renderer', () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => [String(index)]);
  const lines = terminalLines([{ kind: 'table', columns: ['n'], rows }], {
    colour: false,
    width: 80,
  });
  expect(lines.at(-1)).toBe('… and 199,000 more of 200,000.');
  expect(markdown([{ kind: 'code', text: '` '.repeat(300_000) }], 1e7)).toContain('``');
});

test('what a sentence has in backticks is code, also where two pieces meet', () => {
  const paragraph = (text: string) => markdown([{ kind: 'paragraph', text }], 1000);
  expect(paragraph('`prefer` says *which* of `a``b|c` counts')).toBe(
    '`prefer` says \\*which\\* of `a` `b\\|c` counts\n',
  );
  expect(paragraph('a lone ` stays')).toBe('a lone \\` stays\n');
  const meeting: Page = [{ kind: 'paragraph', text: [code('a'), code('`<b>')] }];
  expect(markdown(meeting, 1000)).toBe('`a` `` `<b> ``\n');
});

test('a hostile sentence stays a sentence, wherever it stands', () => {
  const unit = fc.constantFrom(...'``` ab1@#<>&|\\*_[]()!~-+.:/"', '<img src=x>', '```', 'GH-1');
  const property = fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
    fc.pre(text.trim() !== '');
    const page: Page = [
      { kind: 'verdict', verdict: 'fail', text },
      { kind: 'paragraph', text },
      { kind: 'list', items: [['x ', text]] },
      { kind: 'table', columns: ['a', 'b'], rows: [[text, 'end']] },
    ];
    const extensions = { extensions: [gfm()], htmlExtensions: [gfmHtml()] };
    const html = micromark(markdown(page, 1e6), { ...extensions, allowDangerousHtml: true });
    const tags = html.match(/<[^>]*>/g)?.filter((tag) => !/^<\/?(code|strong)>$/.test(tag));
    expect(tags?.join('')).toBe(FRAME);
  });
  fc.assert(property, rounds(3000));
});

const FRAME =
  '<h3></h3><p></p><ul><li></li></ul>' +
  '<table><thead><tr><th></th><th></th></tr></thead><tbody><tr><td></td><td></td></tr></tbody></table>';
