import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, ours } from './contenders.ts';
import type { Command } from './measure.ts';
import type { Starter } from './start.ts';

export interface Built {
  readonly dist: string;
  /** For what they read and write. */
  readonly temp: string;
}

/** What a script costs that does nothing. */
export function emptyScript(temp: string): Command {
  const file = join(temp, 'empty.mjs');
  writeFileSync(file, '');
  return { argv: [process.execPath, file] };
}

/** As the runner hands an action its inputs. */
export function asAction(
  { dist, temp }: Built,
  verb: string,
  inputs: Record<string, string>,
): Command {
  const files = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'].map((name) => [name, join(temp, name)]);
  for (const [, file] of files) if (file !== undefined) writeFileSync(file, '');
  const given = Object.entries(inputs).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ]);
  const env = { RUNNER_TEMP: temp, ...Object.fromEntries([...files, ...given]) };
  return { argv: [process.execPath, join(dist, `${verb}.js`)], env };
}

/** A verb that needs no network, as an action and on the command line, on one file of one byte. */
export function verifying(built: Built): Starter[] {
  const folder = join(built.temp, 'start');
  makeFolder(folder, 1, 1);
  const command = ours(join(built.dist, 'passmuster.js'), folder);
  const action = asAction(built, 'verify', { path: folder, manifest: `${folder}.json` });
  return [
    { name: 'verify as an action', command: () => action, atMost: 2 },
    { name: 'passmuster verify', command: () => command, atMost: 2 },
  ];
}

/** A folder, and one more in which Git has something to say. */
function folders(temp: string): { plain: string; tree: string } {
  const [plain, tree] = [join(temp, 'plain'), join(temp, 'tree')];
  for (const folder of [plain, tree]) mkdirSync(folder);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: tree, stdio: 'ignore' });
  git('init');
  const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.org'];
  git(...author, 'commit', '--allow-empty', '--message', 'empty');
  return { plain, tree };
}

const WRONG_INPUTS = 2;

/** `register`: what loading it costs, and what all of it does, with a new version in a file each time. */
export function registering(built: Built): Starter[] {
  const { plain, tree } = folders(built.temp);
  const cli = [process.execPath, join(built.dist, 'passmuster.js'), 'register'] as const;
  let minor = 0;
  const inputs = (file: string) => ({
    model: 'bench',
    source: 's3://models/bench',
    version: `v1.${minor++}.0`,
    registry: `embedded:${join(built.temp, file)}.db`,
  });
  const typed = (given: Record<string, string>): string[] =>
    Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);
  const refused = { ...asAction(built, 'register', {}), folder: plain, code: WRONG_INPUTS };
  return [
    { name: 'register --help', command: () => ({ argv: [...cli, '--help'] }), atMost: 2 },
    { name: 'register as an action, no inputs', command: () => refused, atMost: 2 },
    {
      name: 'register as an action',
      command: () => ({ ...asAction(built, 'register', inputs('action')), folder: plain }),
      atMost: 5,
    },
    {
      name: 'passmuster register',
      command: () => ({ argv: [...cli, ...typed(inputs('plain'))], folder: plain }),
      atMost: 5,
    },
    {
      name: 'the same in a Git work tree',
      command: () => ({ argv: [...cli, ...typed(inputs('tree'))], folder: tree }),
      atMost: 5,
    },
  ];
}
