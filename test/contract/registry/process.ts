import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../../packages/cli/bin.js', import.meta.url));

export interface RegistryProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it printed so far, to both streams. */
  printed(): { readonly out: string; readonly err: string };
  /** Its exit code, or the signal that ended it. */
  stop(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/** `passmuster registry` as a process of its own; it rejects with what was printed when none starts. */
export async function startRegistry(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<RegistryProcess> {
  const child = spawn(process.execPath, [PROGRAM, 'registry', ...args], {
    env: { ...process.env, NO_COLOR: '1', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Left behind it would hold the file, and the machine.
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  let out = '';
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.stdout.on('data', (chunk) => {
    out += chunk;
    const url = /listening on (http:\S+)\n/.exec(out)?.[1];
    if (url) resolve(url);
  });
  child.once('close', (code) => {
    process.off('exit', end);
    reject(new Error(`It ended with ${code}.\n${out}${err}`));
  });
  const url = await promise;
  return {
    url,
    child,
    printed: () => ({ out, err }),
    async stop(signal) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await once(child, 'close');
      }
      return child.exitCode ?? child.signalCode;
    },
  };
}

/** One call of the API; its status, and what came back. */
export async function call(
  url: string,
  method: 'GET' | 'POST',
  path: string,
  content: Readonly<Record<string, unknown>>,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const base = `${url}/api/2.0/mlflow/${path}`;
  const response =
    method === 'GET'
      ? await fetch(`${base}?${new URLSearchParams(content as Record<string, string>)}`)
      : await fetch(base, {
          method,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(content),
        });
  return { status: response.status, body: await response.json() };
}
