import { type Refusal, testRefusals } from './refusal.fixture.ts';

const YAML: Refusal[] = [
  ['', 1, 1, /empty.*environments: \{ production: \{\} \}/s],
  ['# only this\n', 1, 1, /empty/],
  ['---\n', 1, 1, /empty/],
  ['models: {}\nmodels: {}', 2, 1, /twice; .* line 1, column 1/],
  ['{ models: {}, "models": {} }', 1, 15, /twice; .* line 1, column 3/],
  ['models: { m: { gates: [&a x] } }', 1, 24, /Anchors.*Take the anchor out/s],
  ['models: *m', 1, 9, /Aliases.*in quotes/s],
  ['models: !map {}', 1, 9, /Tags/],
  ['models: !!map {}', 1, 9, /Tags/],
  ['%YAML 1.1\n---\nmodels: {}', 1, 1, /Directives/],
  ['models: {}\n---\nmodels: {}', 2, 1, /second YAML document/],
  ['models: {}\n...\nmodels: {}', 3, 1, /second YAML document/],
  ['<<: { models: {} }', 1, 1, /Merge keys/],
  ['models: { 7: {} }', 1, 11, /`7` is not a text.*quotes: "7"/s],
  ['models: { null: {} }', 1, 11, /`null` is not a text/],
  ['models: { : {} }', 1, 10, /key is missing/],
  ['models: { true: {} }', 1, 11, /`true` is not a text/],
  ['? [a]\n: b', 1, 3, /key must be a text/],
  ['models:\n\tm: {}', 2, 1, /Tabs.*spaces/s, '    m: {}'],
  ['models: "x', 1, 11, /not YAML: Missing closing quote \("\)/],
  ['models: {', 1, 10, /not YAML: Flow map/],
  ['models:\n  m: {}\n n: {}', 3, 1, /not YAML.*same column/s],
  ['models: { m: @x, n: @y }', 1, 14, /reserved character @.*quotes/s],
  ['models: { m: "\\q" }', 1, 15, /not YAML: Invalid escape sequence \\q/],
  ['models: a: b', 1, 9, /not YAML: Nested mappings.*quotes/s],
];

const DEEP: Refusal[] = [
  [`a: ${'['.repeat(20_000)}`, 1, 66, /deeper than 64/, `…${'['.repeat(120)}…`],
  [`a: ${'{b: '.repeat(20_000)}`, 1, 252, /deeper than 64/, `…${'{b: '.repeat(30)}…`],
  ['- '.repeat(20_000), 1, 127, /deeper than 64/, `…${'- '.repeat(60)}…`],
];

const NUMBERS: Refusal[] = (
  [
    ['010', /`010` is a number, but not a plain decimal one.*Write 10/s],
    ['0x10', /`0x10`.*Write 16/s],
    ['0o10', /`0o10`.*Write 8/s],
    ['+1', /`\+1`.*Write 1/s],
    ['1.', /`1\.`.*Write 1/s],
    ['.inf', /`\.inf`.*finite/s],
    ['-.INF', /`-\.INF`.*finite/s],
    ['.nan', /`\.nan`.*finite/s],
    ['1e999', /`1e999`.*finite/s],
    ['1e3', /is 1000; expected an integer from 0 to 100/],
    ['-1', /is -1; expected an integer from 0 to 100/],
    ['101', /is 101; expected an integer from 0 to 100/],
    ['1.5', /is 1\.5; expected an integer from 0 to 100/],
    ['1_0', /is "1_0"; expected an integer from 0 to 100/],
    ['"2"', /is "2"; expected an integer from 0 to 100/],
    ['yes', /is "yes"; expected an integer from 0 to 100/],
    ['true', /is true; expected an integer from 0 to 100/],
  ] as const
).map(([number, says]) => [`environments: { e: { approvals: ${number} } }`, 1, 33, says]);

const CHARACTERS: Refusal[] = [
  ['\ufeffmodels: {}', 1, 1, /starts with a byte order mark/, '\\u{feff}models: {}'],
  ['models: {} #\0', 1, 13, /U\+0000/, 'models: {} #\\u{0}'],
  ['models: {} #\u001b[0m', 1, 13, /U\+001B/, 'models: {} #\\u{1b}[0m'],
  ['models: {} #\u0085', 1, 13, /U\+0085/, 'models: {} #\\u{85}'],
  ['models: {} #\rx', 1, 13, /U\+000D/, 'models: {} #\\u{d}x'],
  ['models: {} #\u2028', 1, 13, /U\+2028/, 'models: {} #\\u{2028}'],
  ['models: {} #\ud800.', 1, 13, /half of a surrogate pair/, 'models: {} #\\u{d800}.'],
  ['models: {} #\u202ex', 1, 13, /direction/, 'models: {} #\\u{202e}x'],
  ['models: {} #\ufffd', 1, 13, /not UTF-8/],
];

testRefusals([...YAML, ...DEEP, ...NUMBERS, ...CHARACTERS]);
