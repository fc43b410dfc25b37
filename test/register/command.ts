import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../packages/cli/bin.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly outcome: string;
  /** All that it printed. */
  readonly said: string;
}

/** `passmuster register` as a process of its own, in an empty place. */
export async function registerAt(
  registry: string,
  flags: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const given = Object.entries({ registry, ...flags });
  const args = given.flatMap(([name, value]) => [`--${name}`, value]);
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [CLI, 'register', ...args, '--json'], {
    env: { PATH, HOME: '/nowhere', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, err] = await Promise.all([buffer(child.stdout), buffer(child.stderr)]);
  const [printed, said] = [out.toString(), `${out}${err}`];
  return { code: await code, outcome: outcomeIn(printed), said };
}

function outcomeIn(printed: string): string {
  try {
    return String(JSON.parse(printed).outputs?.outcome ?? '');
  } catch {
    return '';
  }
}
