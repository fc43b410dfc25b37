import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const ENTRIES = readdirSync(dist).filter((name) => name.endsWith('.js'));

/** What is loaded before anything is asked for. */
function alwaysLoaded(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import)"(\.[^"]+)"/g);
  for (const [, path = ''] of imports) alwaysLoaded(join(dirname(file), path), seen);
  return seen;
}

test('there is an entry for each action and one for the command line', () => {
  const actions = readdirSync(fileURLToPath(new URL('../../actions', import.meta.url)));
  expect(ENTRIES.sort()).toEqual([...actions.map((name) => `${name}.js`), 'passmuster.js'].sort());
});

/** Words that only one thing says, and who needs that in every run. */
const MAYBE: Readonly<Record<string, readonly string[]>> = {
  'tag:yaml.org': [],
  'octokit-core': [],
  'cannot hold a ledger': ['promote.js', 'register.js', 'rollback.js', 'settle.js', 'status.js'],
  'no such overload': [],
  'no JUnit report': [],
};

/**
 * What goes by a ledger always needs it, and `register` what it reads and puts down about a version. What
 * judges always judges, and what it came to has many tables. What is left is what all share.
 */
const MOST: Readonly<Record<string, number>> = {
  'promote.js': 240_000,
  'register.js': 195_000,
  'rollback.js': 180_000,
  'settle.js': 175_000,
  'status.js': 190_000,
  'validate.js': 130_000,
};

test.each(ENTRIES)('%s always loads little, and nothing that it may not need', (entry) => {
  const files = [...alwaysLoaded(join(dist, entry))];
  const text = files.map((file) => readFileSync(file, 'utf8')).join('');
  const found = Object.keys(MAYBE).filter((words) => text.includes(words));
  const needed = Object.entries(MAYBE).filter(([, by]) => by.includes(entry));
  expect(found).toEqual(needed.map(([words]) => words));
  const slow = /["'`](node:)?(https?|net|tls|child_process|fs\/promises|worker_threads)["'`]\)/;
  expect(slow.exec(text)?.[0]).toBeUndefined();
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  expect(bytes, files.map((file) => `${file}: ${statSync(file).size}`).join('\n')).toBeLessThan(
    MOST[entry] ?? 90_000,
  );
});

test.each(Object.keys(MAYBE))('“%s” is what somebody may load', (words) => {
  const chunks = readdirSync(join(dist, 'chunks')).map((name) => join(dist, 'chunks', name));
  const files = [...ENTRIES.map((name) => join(dist, name)), ...chunks];
  expect(files.some((file) => readFileSync(file, 'utf8').includes(words))).toBe(true);
});

test('all bundles together stay small', () => {
  const all = readdirSync(dist, { recursive: true, withFileTypes: true });
  const bytes = all
    .filter((each) => each.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  expect(bytes).toBeLessThan(1_250_000);
});

test.each([
  [['--help'], 0, /Usage: passmuster/],
  [['--version'], 0, /^passmuster \d+\.\d+\.\d+, Node 24/],
  [['verify', '--path', '/no/such/folder'], 2, /does not exist/],
  [['check', '--config', 'package.json'], 2, /./],
])('the bundled command line: %j', (args, exit, says) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [
    join(dist, 'passmuster.js'),
    ...args,
  ]);
  expect(`${stdout}${stderr}`).toMatch(says);
  expect(status).toBe(exit);
});
