import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../packages/cli/bin.js', import.meta.url));

/** Where all of the demo happens; it is gone in the end. */
export const home = await mkdtemp(join(tmpdir(), 'passmuster-demo-'));

export const say = (text: string): void => console.log(`\n${text}`);

/** What the commands are given: nothing of whoever runs the demo that would lead elsewhere. */
export const env: NodeJS.ProcessEnv = { ...process.env };
for (const name of Object.keys(env))
  if (/^(GITHUB|MLFLOW|PASSMUSTER)_|^KUBECONFIG$/.test(name)) delete env[name];

// Each command is the program anew, and it is compiled but once.
env['NODE_COMPILE_CACHE'] = join(home, 'compiled');

async function command(
  words: readonly string[],
  [program, ...args]: readonly [string, ...string[]],
  expected: number,
): Promise<void> {
  console.log(`\n$ ${words.join(' ')}`);
  const child = spawn(program, args, { cwd: home, env, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  console.log(`(exit code ${code})`);
  if (code !== expected) {
    throw new Error(`${words.join(' ')} ended with ${code}, not ${expected}`);
  }
}

/** Runs the command as a person would, in their folder, and expects it to end so. */
export function passmuster(args: string, expected: number): Promise<void> {
  const words = args.split(' ');
  return command(['passmuster', ...words], [process.execPath, cli, ...words], expected);
}

export function kubectl(args: string): Promise<void> {
  const words = args.split(' ');
  return command(['kubectl', ...words], ['kubectl', ...words], 0);
}

/** A registry of one's own, without a server to install. */
export async function startRegistry(): Promise<{ server: ChildProcess; address: string }> {
  const args = ['registry', '--file', 'registry.db', '--port', '0'];
  console.log(`\n$ passmuster ${args.join(' ')} &`);
  const server = spawn(process.execPath, [cli, ...args], {
    cwd: home,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(server.stdout ?? process.stdin), 'line');
  console.log(line);
  return { server, address: String(line).replace(/^.* /, '') };
}
