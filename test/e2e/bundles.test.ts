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

test.each(ENTRIES)('%s always loads little, and no library that it may not need', (entry) => {
  const files = [...alwaysLoaded(join(dist, entry))];
  const text = files.map((file) => readFileSync(file, 'utf8')).join('');
  expect(text.includes('tag:yaml.org'), 'a YAML library').toBe(false);
  const slow = /["'`](node:)?(https?|net|tls|child_process|fs\/promises|worker_threads)["'`]\)/;
  expect(slow.exec(text)?.[0]).toBeUndefined();
  expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(80_000);
});

test('all bundles together stay small', () => {
  const all = readdirSync(dist, { recursive: true, withFileTypes: true });
  const bytes = all
    .filter((each) => each.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  expect(bytes).toBeLessThan(2_500_000);
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
