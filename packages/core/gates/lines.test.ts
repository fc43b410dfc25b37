import { expect, test } from 'vitest';
import { gateLines } from './lines.ts';

test.each([
  ['', []],
  ['\n  \n# only a comment\n\t# and another', []],
  ['a >= 1', [['a >= 1', 'fail', 1]]],
  [
    '\n  a >= 1  \r\n\n b <= 2 # why\rc > 0\n',
    [
      ['a >= 1', 'fail', 2],
      ['b <= 2', 'fail', 4],
      ['c > 0', 'fail', 5],
    ],
  ],
  [
    'warn: a >= 1\nwarn:b >= 1\n  warn :  c >= 1',
    [
      ['a >= 1', 'warn', 1],
      ['b >= 1', 'warn', 2],
      ['c >= 1', 'warn', 3],
    ],
  ],
  ['metrics["a # b"] >= 1 # c "d"', [['metrics["a # b"] >= 1', 'fail', 1]]],
  ["metrics['a # b'] >= 1#", [["metrics['a # b'] >= 1", 'fail', 1]]],
  ['metrics["a \\" # b"] >= 1 # c', [['metrics["a \\" # b"] >= 1', 'fail', 1]]],
  ['metrics["a] >= 1 # c', [['metrics["a] >= 1 # c', 'fail', 1]]],
  ["a >= 1 # it's so", [['a >= 1', 'fail', 1]]],
  ['warn: # nothing', [['', 'warn', 1]]],
  ['warn: warn: a >= 1', [['warn: a >= 1', 'warn', 1]]],
])('%j', (input, lines) => {
  expect(gateLines(input)).toEqual(
    lines.map(([text, level, line]) => ({
      text,
      level,
      from: `line ${line} of the input \`gates\``,
    })),
  );
});

// What looks for an end from each quote takes minutes for this.
test('a long line of quotes and backslashes ends', () => {
  const text = `"${'\\"'.repeat(100_000)}`;
  expect(gateLines(text).map((line) => line.text)).toEqual([text]);
});
