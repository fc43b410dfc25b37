import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';

// Runs a program in a folder for as long as somebody holds the other end of our channel, then ends it with
// all that it started and takes the folder away: a test that is killed leaves nothing behind either.
const [folder = '', program = '', ...args] = process.argv.slice(2);
const options = { cwd: folder, detached: true } as const;
const child = spawn(program, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });

// What is meant for the test, as Ctrl-C in a terminal is, must not end us before it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
child.on('error', ({ message }) => say(message));
child.on('exit', (code, signal) => say(`it ended with ${signal ?? code}`));
process.on('disconnect', finish);

function say(what: string): void {
  if (process.connected) process.send?.(what);
}

async function finish(): Promise<void> {
  try {
    // The whole group; there is none when it could not be started.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  process.exit();
}
