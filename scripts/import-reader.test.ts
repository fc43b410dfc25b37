import { expect, test } from 'vitest';
import { importsOf } from './import-reader.ts';

const read = (source: string): string[] =>
  importsOf('x.ts', source).map(({ target, line, how }) => `${line} ${how} ${target}`);

test.each([
  ["import './a.ts';", ['1 value ./a.ts']],
  ["import a from './a.ts';", ['1 value ./a.ts']],
  ["import * as a from './a.ts';", ['1 value ./a.ts']],
  ["import {\n  a,\n} from './a.ts';", ['1 value ./a.ts']],
  ["import type { A } from './a.ts';", ['1 type ./a.ts']],
  ["import { type A } from './a.ts';", ['1 value ./a.ts']],
  ["export * from './a.ts';", ['1 value ./a.ts']],
  ["export type * from './a.ts';", ['1 type ./a.ts']],
  ["export { a } from './a.ts';", ['1 value ./a.ts']],
  ["export type { A } from './a.ts';", ['1 type ./a.ts']],
  ["const a = await import('./a.ts');", ['1 value ./a.ts']],
  ['const a = await import(`./a.ts`);', ['1 value ./a.ts']],
  ["const a = await import('./' + name);", ['1 value undefined']],
  ["type A = import('./a.ts').A;", ['1 type ./a.ts']],
  ["const w = new URL('./w.ts', import.meta.url);", ['1 worker ./w.ts']],
  ["const up = new URL('..', import.meta.url);", []],
  ["const web = new URL('./w.ts', base);", []],
  ["// import './a.ts';\n/* import './b.ts' */", []],
  ['const text = "import \'./a.ts\'"; const other = `import("./a.ts")`;', []],
  ["const quoted = /[\"'`]/; import './a.ts';", ['1 value ./a.ts']],
  ['export const a = 1;\nconst here = import.meta.url;', []],
  ["// ’ is three bytes and one character\n\nimport './a.ts';", ['3 value ./a.ts']],
])('%j', (source, found) => {
  expect(read(source)).toEqual(found);
});

test('a file that cannot be parsed is named', () => {
  expect(() => importsOf('packages/x.ts', 'import {')).toThrow('packages/x.ts cannot be read');
});
