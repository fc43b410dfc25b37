import { describe, expect, test } from 'vitest';
import { LONGEST } from '../scripts/house.ts';
import { brokenRules } from '../scripts/imports.ts';
import { sourceTree } from '../scripts/tree.ts';

const rulesOf = (tree: Record<string, string>): readonly string[] =>
  brokenRules(new Map(Object.entries(tree)));

const importing = (file: string, target: string): readonly string[] =>
  rulesOf({ [file]: `\nimport { x } from '${target}';\n` });

test('this repository keeps the rules of the house', async () => {
  const tree = await sourceTree();
  expect(tree.size).toBeGreaterThan(40);
  expect(tree.has('packages/core/errors.ts')).toBe(true);
  expect(brokenRules(tree)).toEqual([]);
});

const SPEC = '@passmuster/action-kit/spec/verb.ts';
const RUNNER = '@passmuster/action-kit/runner/action.ts';
const RUN = '@passmuster/action-kit/run/guard.ts';
const VERB = '@passmuster/verbs/verify/run.ts';
const WIRING = '@passmuster/wiring/verify.ts';
const ADAPTERS = ['evidence', 'registry', 'cluster', 'forge'];
const adapters = ADAPTERS.map((name) => `@passmuster/${name}/x.ts`);

const ALLOWED: Record<string, readonly string[]> = {
  'packages/core/x.ts': [],
  'packages/report/x.ts': ['@passmuster/core/x.ts'],
  'packages/action-kit/spec/x.ts': ['@passmuster/core/x.ts'],
  'packages/action-kit/run/x.ts': ['@passmuster/report/x.ts', '@passmuster/core/x.ts'],
  'packages/action-kit/runner/x.ts': [
    RUN,
    SPEC,
    '@passmuster/report/x.ts',
    '@passmuster/core/x.ts',
  ],
  'packages/verbs/verify/x.ts': [SPEC, '@passmuster/report/x.ts', '@passmuster/core/x.ts'],
  'packages/wiring/x.ts': [SPEC, VERB, ...adapters, '@passmuster/core/x.ts'],
  'actions/verify/main.ts': [RUNNER, SPEC, VERB, WIRING, '@passmuster/core/x.ts'],
  'packages/cli/x.ts': [
    RUN,
    SPEC,
    VERB,
    WIRING,
    ...adapters,
    '@passmuster/report/x.ts',
    '@passmuster/core/x.ts',
  ],
};
for (const name of ADAPTERS) ALLOWED[`packages/${name}/x.ts`] = ['@passmuster/core/x.ts'];

const TARGETS = [
  '@passmuster/core/y.ts',
  '@passmuster/report/y.ts',
  ...ADAPTERS.map((name) => `@passmuster/${name}/y.ts`),
  SPEC,
  RUN,
  RUNNER,
  VERB,
  WIRING,
  'passmuster/help.ts',
  '@passmuster/action-promote/main.ts',
];

const folderOf = (target: string): string => target.slice(0, target.lastIndexOf('/'));
const arrows = Object.entries(ALLOWED).flatMap(([file, allowed]) =>
  TARGETS.filter((target) => !isOwn(file, target)).map((target) => ({
    file,
    target,
    allowed: allowed.some((one) => folderOf(one) === folderOf(target)),
  })),
);

function isOwn(file: string, target: string): boolean {
  const folder = folderOf(target).replace('@passmuster/', 'packages/');
  return file.startsWith(`${folder}/`) || (folder === 'passmuster' && file.includes('/cli/'));
}

describe('arrows', () => {
  test.each(arrows.filter(({ allowed }) => allowed))('$file may import $target', (arrow) => {
    expect(importing(arrow.file, arrow.target)).toEqual([]);
  });

  test.each(arrows.filter(({ allowed }) => !allowed))('$file may not import $target', (arrow) => {
    const problems = importing(arrow.file, arrow.target);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      new RegExp(`^${arrow.file}:2 imports (packages|actions)/.* may import `),
    );
  });

  test('a type is an arrow too', () => {
    const source = "import type { X } from '@passmuster/verbs/verify/run.ts';";
    expect(rulesOf({ 'packages/core/x.ts': source })).toEqual([
      'packages/core/x.ts:1 imports packages/verbs/verify/run.ts: core may import none of our packages',
    ]);
  });
});

test.each([
  ['packages/core/x.ts', 'node:fs/promises', 'of Node, core may import node:buffer, node:crypto'],
  ['packages/core/x.ts', 'node:http', 'of Node, core may import node:buffer, node:crypto'],
  ['packages/report/x.ts', 'node:process', 'of Node, report may import nothing'],
  ['packages/verbs/verify/x.ts', 'node:fs', 'verbs may import node:crypto, node:path'],
  ['packages/core/x.ts', '@actions/core', 'only packages/action-kit/runner/ may'],
  ['packages/action-kit/spec/x.ts', '@actions/core', 'only packages/action-kit/runner/ may'],
  ['packages/cli/x.ts', 'yaml', 'only packages/core/yaml/ may'],
  ['packages/core/x.ts', 'yaml/util', 'imports yaml: only packages/core/yaml/ may'],
  ['packages/core/x.ts', 'fs', 'imports fs: scripts/house.ts does not say who may'],
  ['packages/core/x.ts', '@other/one/x.js', 'imports @other/one: scripts/house.ts does not say'],
  ['packages/core/x.ts', '../report/x.ts', 'across packages, import by the package’s name'],
  ['actions/verify/main.ts', '../promote/x.ts', 'across packages, import by the package’s name'],
  ['packages/core/x.test.ts', '../report/x.ts', 'across packages, import by the package’s name'],
  ['packages/core/x.ts', '../../test/rounds.ts', 'only tests may'],
  ['scripts/x.ts', '../test/rounds.ts', 'only tests may'],
  ['packages/core/x.ts', './y.fixture.ts', 'only tests may'],
  ['packages/core/x.ts', './y.test.ts', 'packages/core/y.test.ts, a test that would then run here'],
  ['packages/core/x.test.ts', './y.test.ts', 'a test that would then run here too'],
])('%s may not import %s', (file, target, rule) => {
  const problems = importing(file, target);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`${file}:2 imports `);
  expect(problems[0]).toContain(rule);
});

test.each([
  ['packages/core/x.ts', 'node:crypto'],
  ['packages/core/yaml/x.ts', 'yaml'],
  ['packages/action-kit/runner/x.ts', '@actions/core'],
  ['packages/evidence/x.ts', 'node:fs/promises'],
  ['packages/core/x.test.ts', '@passmuster/evidence/x.ts'],
  ['packages/core/x.test.ts', 'fast-check'],
  ['packages/core/x.test.ts', '../../test/rounds.ts'],
  ['packages/core/x.test.ts', './y.fixture.ts'],
  ['scripts/x.ts', '@passmuster/verbs/verify/spec.ts'],
  ['scripts/x.ts', '../packages/core/x.ts'],
  ['scripts/x.ts', 'rolldown'],
  ['test/e2e/x.live.test.ts', '../services/install.ts'],
])('%s may import %s', (file, target) => {
  expect(importing(file, target)).toEqual([]);
});

test('a worker is held to the same rules, and a computed name to none', () => {
  const worker = "new Worker(new URL('../evidence/hash.ts', import.meta.url));";
  expect(rulesOf({ 'packages/core/x.ts': worker })).toEqual([
    'packages/core/x.ts:1 imports ../evidence/hash.ts: across packages, import by the package’s name',
  ]);
  expect(rulesOf({ 'test/x.test.ts': worker })).toEqual([]);
  expect(rulesOf({ 'packages/cli/x.ts': 'await import(name);' })).toEqual([
    'packages/cli/x.ts:1 imports a computed name, which no rule can be held against',
  ]);
});

test('a circle is told once, at the import that closes it', () => {
  const tree = {
    'packages/core/a.ts': "import './b.ts';",
    'packages/core/b.ts': "export const x = 1;\nexport * from './c.ts';",
    'packages/core/c.ts': "\n\nimport './a.ts';",
    'packages/core/d.ts': "import './a.ts';",
  };
  expect(rulesOf(tree)).toEqual([
    'packages/core/c.ts:3 closes a circle of imports: ' +
      'packages/core/a.ts → packages/core/b.ts → packages/core/c.ts → packages/core/a.ts',
  ]);
  expect(rulesOf({ ...tree, 'packages/core/c.ts': "import type { A } from './a.ts';" })).toEqual(
    [],
  );
});

test('a package that nobody placed in the house', () => {
  expect(rulesOf({ 'packages/extra/x.ts': '' })).toEqual([
    'packages/extra/x.ts:1 is in no part of the house; scripts/house.ts lists them',
  ]);
});

test('a file that grew too long', () => {
  expect(rulesOf({ 'scripts/x.ts': '//\n'.repeat(LONGEST) })).toEqual([]);
  expect(rulesOf({ 'scripts/x.ts': '//\n'.repeat(LONGEST + 1) })).toEqual([
    'scripts/x.ts:301 goes on to line 301; split it by what it does, 300 lines at most',
  ]);
});
