import { execFileSync } from 'node:child_process';

export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** Where it runs; here, when nothing is said. */
  readonly folder?: string;
  /** The exit code that is right: 0, when nothing is said. */
  readonly code?: number;
}

export interface Measured {
  readonly seconds: number;
  /** The most memory that the process held at once; the measurer's own 10 MB is the least shown. */
  readonly megabytes: number;
}

/** Node cannot tell what a child took. Python's wait4 can, and starts a process as fast as a shell. */
const MEASURER = `
import json, os, sys, time
nowhere = os.open(os.devnull, os.O_WRONLY)
quiet = [(os.POSIX_SPAWN_DUP2, nowhere, 1)]
began = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - began
unit = 1 if sys.platform == 'darwin' else 1024
code = os.waitstatus_to_exitcode(status)
print(json.dumps({'seconds': seconds, 'megabytes': usage.ru_maxrss * unit / 1e6, 'code': code}))
`;

const output = (file: string, ...args: string[]): string =>
  execFileSync(file, args, { encoding: 'utf8' }).trim();

let found: string | undefined;

/** The interpreter itself: what stands in the path may be a script that looks for it first. */
export function python(): string {
  found ??= output('python3', '-c', 'import sys; print(sys.executable)');
  return found;
}

/** Runs a command to its end. One that ends otherwise than it should is an error, never a fast one. */
export function measure({ argv, env = {}, folder, code: right = 0 }: Command): Measured {
  const said = execFileSync(python(), ['-c', MEASURER, ...argv], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { seconds, megabytes, code } = JSON.parse(said);
  if (code !== right) throw new Error(`${argv.join(' ')} ended with ${code}`);
  return { seconds, megabytes };
}

/** SHA-256 of blocks of 16 KiB in cache, in GB/s: what the processor can do. */
export function opensslSpeed(): number {
  const args = ['speed', '-mr', '-evp', 'sha256', '-bytes', '16384', '-seconds', '1'];
  const said = execFileSync('openssl', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const bytesPerSecond = /^\+F:\d+:[^:]+:([\d.]+)$/m.exec(said)?.[1];
  if (bytesPerSecond === undefined) throw new Error(`openssl speed said: ${said}`);
  return Number(bytesPerSecond) / 1e9;
}

export const opensslVersion = (): string => output('openssl', 'version');
