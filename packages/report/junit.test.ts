import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../test/rounds.ts';
import { type JunitCase, junit } from './junit.ts';

test('a suite as its readers know it', () => {
  const cases: JunitCase[] = [
    { name: 'a < b', group: 'g', end: 'passed' },
    { name: 'c', group: 'g', end: 'failed', message: 'It "fails".' },
    { name: 'd', group: 'g', end: 'error' },
    { name: 'e', group: 'g', end: 'skipped', message: 'Why.' },
  ];
  expect(junit('m & n', cases)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="m &amp; n" tests="4" failures="1" errors="1" skipped="1">
    <testcase classname="g" name="a &lt; b"/>
    <testcase classname="g" name="c">
      <failure message="It &quot;fails&quot;."/>
    </testcase>
    <testcase classname="g" name="d">
      <error message=""/>
    </testcase>
    <testcase classname="g" name="e">
      <skipped message="Why."/>
    </testcase>
  </testsuite>
</testsuites>
`);
});

const NAMES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const ATTRIBUTE = /^ ([a-z]+)="((?:[^<&"]|&(?:amp|lt|gt|quot|#\d+);)*)"/;
const PIECE = /^(?:\s+|<(\/?)([a-z]+)((?: [a-z]+="[^"]*")*)(\/?)>)/;

const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) =>
    code === undefined ? (NAMES[name] ?? '') : String.fromCodePoint(Number(code)),
  );

/** The values of all attributes, by a reader that takes nothing but sound XML. */
function read(document: string): string[] {
  const [, body = ''] = /^<\?xml version="1\.0" encoding="UTF-8"\?>(.*)$/s.exec(document) ?? [];
  const values: string[] = [];
  const open: string[] = [];
  for (let rest = body; rest !== ''; ) {
    const [piece, closes, name = '', attributes = '', isEmpty] = PIECE.exec(rest) ?? [];
    if (piece === undefined) throw new Error(`this is no XML: ${rest.slice(0, 80)}`);
    for (let left = attributes; left !== ''; ) {
      const [all, , value = ''] = ATTRIBUTE.exec(left) ?? [];
      if (all === undefined) throw new Error(`this is no attribute: ${left}`);
      values.push(unescaped(value));
      left = left.slice(all.length);
    }
    if (closes && open.pop() !== name) throw new Error(`<${name}> is closed, and was not open`);
    if (name !== '' && !closes && !isEmpty) open.push(name);
    rest = rest.slice(piece.length);
  }
  if (open.length > 0) throw new Error(`${open.join()} is never closed`);
  return values;
}

/** What XML 1.0 can hold at all. */
const HOLDABLE = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

test('it is well-formed and says what was said, whatever that is', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...'<>&"\'/\t\n\r\0 ]-', '\ud800', '\uffff', 'é') }),
  );
  const end = fc.constantFrom<JunitCase['end'][]>('passed', 'failed', 'error', 'skipped');
  const one = fc.record({ name: text, group: text, end, message: text });
  const property = fc.property(text, fc.array(one, { maxLength: 5 }), (suite, cases) => {
    const document = junit(suite, cases);
    expect(document).toMatch(HOLDABLE);
    const values = read(document);
    const count = (which: string) => String(cases.filter((each) => each.end === which).length);
    const counts = [String(cases.length), count('failed'), count('error'), count('skipped')];
    const said = cases.flatMap(({ name, group, end: which, message }) =>
      which === 'passed' ? [group, name] : [group, name, message],
    );
    const expected = [suite, ...counts, ...said];
    expect(values).toHaveLength(expected.length);
    const sound = /^(?:[\t\n\r]|\P{C})*$/u;
    for (const [index, value] of expected.entries()) {
      if (sound.test(value)) expect(values[index]).toBe(value);
    }
  });
  fc.assert(property, rounds(2000));
});
