import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../test/rounds.ts';
import { compileGlobs, globProblem } from './globs.ts';

const FITS: [string, string[], string[]][] = [
  ['README.md', ['README.md'], ['readme.md', 'docs/README.md', 'README.md/x', 'README.mdx']],
  ['*.md', ['a.md', '.md', '.hidden.md'], ['docs/a.md', 'a.mdx', 'a.MD']],
  ['**/*.md', ['a.md', 'docs/a.md', 'a/b/c.md'], ['a.txt', 'a.md/b']],
  ['*', ['a', '.git'], ['a/b']],
  ['**', ['a', 'a/b', 'a/b/.c'], []],
  ['docs/', ['docs/a', 'docs/a/b'], ['docs', 'x/docs/a', 'docs2/a']],
  ['docs/**', ['docs/a', 'docs/a/b'], ['docs', 'x/docs/a']],
  ['**/logs/', ['logs/a', 'x/logs/a', 'x/y/logs/z/a'], ['logs', 'x/logs']],
  ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['a/xb', 'ab', 'a/b/c', 'x/a/b']],
  ['a/**/b/**/c', ['a/b/c', 'a/x/b/b/y/c'], ['a/c', 'a/x/c']],
  ['**/**/a', ['a', 'x/a', 'x/y/a'], ['x']],
  ['a/*/c', ['a/b/c'], ['a/c', 'a/b/b/c']],
  ['eval/results_*.json', ['eval/results_1.json', 'eval/results_.json'], ['eval/a/results_1.json']],
  ['a?c', ['abc', 'a?c', 'a🤗c'], ['ac', 'abbc', 'a/c']],
  ['[abc].txt', ['a.txt', 'c.txt'], ['d.txt', 'ab.txt', '.txt']],
  ['[a-c0-9]', ['b', '5'], ['d', '-', 'B']],
  ['[!a-c]', ['d', '-', '🤗'], ['a', 'c', '', 'dd']],
  ['[a-]', ['a', '-'], ['b']],
  ['[*]', ['*'], ['a', '']],
  ['[{]a[}]', ['{a}'], ['a']],
  ['[[]', ['['], ['a']],
  ['a]', ['a]'], ['a']],
  ['[🤗-🤙].md', ['🤘.md'], ['a.md', '🤚.md']],
  ['a+(b)|c.txt', ['a+(b)|c.txt'], ['abc.txt']],
  ['模型/*.bin', ['模型/权重.bin'], ['模型/x.txt']],
];

test.each(FITS)('%s', (pattern, fitting, others) => {
  const matches = compileGlobs([pattern]);
  expect(globProblem(pattern)).toBeUndefined();
  expect(fitting.filter((path) => !matches(path))).toEqual([]);
  expect(others.filter(matches)).toEqual([]);
});

test.each([
  ['', /empty/],
  ['!*.md', /only add/],
  ['!', /only add/],
  ['/a', /relative/],
  ['//a', /relative/],
  ['a//b', /two slashes/],
  ['a//', /two slashes/],
  ['./a', /"\."/],
  ['a/../b', /"\.\."/],
  ['a\\b', /backslash/],
  ['a\\*', /backslash/],
  ['a**', /stands alone/],
  ['**.js', /stands alone/],
  ['***', /stands alone/],
  ['[', /without "\]"/],
  ['[a', /without "\]"/],
  ['a[b/c]', /without "\]"/],
  ['[]', /nothing between/],
  ['[!]', /nothing between/],
  ['[]a]', /nothing between/],
  ['[^a]', /"\[!"/],
  ['[z-a]', /backwards/],
  ['[[:alpha:]]', /named class/],
  ['{a,b}', /brace/],
  ['a}', /brace/],
])('%j is refused, and fits nothing', (pattern, reason) => {
  expect(globProblem(pattern)).toMatch(reason);
  const matches = compileGlobs([pattern]);
  expect([pattern, '', 'a', 'a/b', 'a.md'].filter(matches)).toEqual([]);
});

test('any of several patterns will do, and without one nothing fits', () => {
  const matches = compileGlobs(['*.md', '[', 'docs/']);
  expect(['a.md', 'docs/x', 'a.txt'].filter(matches)).toEqual(['a.md', 'docs/x']);
  expect(['', 'a', 'a/b'].filter(compileGlobs([]))).toEqual([]);
});

const piece = fc.constantFrom('a', 'b', '.', '*', '?', '[ab]', '[!a]');
const name = fc
  .array(piece, { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join(''))
  .filter((text) => !text.includes('**') && text !== '.' && text !== '..');
const pattern = fc
  .array(fc.oneof({ weight: 3, arbitrary: name }, fc.constant('**')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((names) => names.join('/'));
const path = fc
  .array(fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 5 }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((names) => names.join('/'));

function asRegExp(glob: string): RegExp {
  const source = glob
    .replace(/(^|\/)\*\*$/, '$1**/*')
    .replaceAll('.', '\\.')
    .replaceAll(/\*\*\/|\*|\?|\[!/g, (wild) => {
      if (wild === '**/') return '(?:.+/)?';
      if (wild === '*') return '[^/]*';
      return wild === '?' ? '[^/]' : '[^/';
    });
  return new RegExp(`^${source}$`);
}

test('fits what a regular expression with the same meaning fits', () => {
  fc.assert(
    fc.property(pattern, path, (glob, text) => {
      expect(globProblem(glob)).toBeUndefined();
      expect(compileGlobs([glob])(text)).toBe(asRegExp(glob).test(text));
    }),
    rounds(20_000),
  );
});

test('never throws, whatever pattern and path are', () => {
  const any = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('*', '/', '[', ']', '!', '-', '?', 'a', '\ud800') }),
  );
  fc.assert(
    fc.property(fc.array(any), any, (patterns, text) => {
      const fitting = patterns.filter((one) => compileGlobs([one])(text));
      expect(compileGlobs(patterns)(text)).toBe(fitting.length > 0);
      for (const one of fitting) expect(globProblem(one)).toBeUndefined();
    }),
  );
});

// With backtracking each of these would outlive the universe.
test.each([
  ['stars in a name', 'a*'.repeat(1000) + 'b', 'a'.repeat(100_000)],
  ['depths', '**/a/'.repeat(1000) + 'b', 'a/'.repeat(50_000)],
  ['stars below depths', '**/a*a*b/'.repeat(300) + 'c', 'aaaaaaaa/'.repeat(10_000)],
  ['sets', '*[!b]'.repeat(1000) + 'b', 'a'.repeat(100_000)],
])('many %s against a long path end', (_, glob, text) => {
  expect(globProblem(glob)).toBeUndefined();
  expect(compileGlobs([glob])(text)).toBe(false);
});
