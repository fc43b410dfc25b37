import { freePort, type Service, serviceFolder, startService } from './service.ts';

/** A server with a child, neither of which ends when asked; it says who they are and what it was given. */
const SERVER = `
const { spawn } = require('node:child_process');
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
const { HOME, TMPDIR, WORD, SECRET } = process.env;
const pids = [process.pid, child.pid];
const said = JSON.stringify({ pids, HOME, TMPDIR, WORD, SECRET, cwd: process.cwd() });
process.on('SIGTERM', () => {});
require('node:http').createServer((_, answer) => answer.end(said)).listen(process.argv[1], '127.0.0.1');
`;

export interface Said {
  readonly pids: readonly number[];
  readonly cwd: string;
}

export const ask = async (port: number): Promise<Said> =>
  (await fetch(`http://127.0.0.1:${port}`)).json() as Promise<Said>;

export async function startSmall(script = SERVER): Promise<Service & { port: number }> {
  const port = await freePort();
  const service = await startService(await serviceFolder('small'), {
    name: 'a small server',
    program: process.execPath,
    args: ['-e', script, `${port}`],
    env: { WORD: 'given' },
    ready: async () => (await ask(port)).pids.length === 2,
  });
  return { ...service, port };
}

if (import.meta.main) {
  const { folder, port } = await startSmall();
  process.stdout.write(`${JSON.stringify({ folder, port })}\n`);
}
