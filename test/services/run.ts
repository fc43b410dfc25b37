import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Ran {
  readonly code: number;
  /** What it printed, both streams. */
  readonly output: string;
}

/** Runs a program to its end, whatever end that is; only one that cannot be started throws. */
export async function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  const running = promisify(execFile)(program, args, { ...options, maxBuffer: 64 * 2 ** 20 });
  try {
    const { stdout, stderr } = await running;
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: unknown; stdout: string; stderr: string };
    if (typeof code === 'number') return { code, output: stdout + stderr };
    throw error;
  }
}
