import { fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface Program {
  /** For messages and for the name of its folder. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Beside what every service gets: the paths of this machine, and homes and temporary files of its own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it answers yet. */
  ready(signal: AbortSignal): Promise<boolean>;
}

export interface Service {
  /** Its own, which goes when it does. */
  readonly folder: string;
  /** Ends it and all that it started. */
  stop(): Promise<void>;
}

const GUARD = fileURLToPath(new URL('guard.ts', import.meta.url));
const PATIENCE_SECONDS = 120;

/** An empty folder for a service that is about to be started. */
export async function serviceFolder(name: string): Promise<string> {
  const folder = await mkdtemp(`${tmpdir()}/passmuster-${name}-`);
  await mkdir(`${folder}/tmp`);
  return folder;
}

/** A server program that runs until it is stopped or we end, however we end; it is ready when this returns. */
export async function startService(folder: string, program: Program): Promise<Service> {
  const log = await open(`${folder}/log`, 'a');
  const guard = fork(GUARD, [folder, program.program, ...program.args], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
    env: { ...environment(folder), ...program.env },
    execArgv: [],
  });
  const gone = once(guard, 'exit');
  const failed = new AbortController();
  guard.once('message', (why) => failed.abort(new Error(String(why))));
  guard.once('exit', () => failed.abort(new Error('its guard ended')));
  await log.close();
  const stop = async (): Promise<void> => {
    if (guard.connected) guard.disconnect();
    await gone;
  };
  try {
    await becomeReady(program, failed);
  } catch (error) {
    const end = (await readFile(`${folder}/log`, 'utf8')).trimEnd().split('\n').slice(-20);
    await stop();
    throw new Error([`${program.name} did not start: ${messageOf(error)}`, ...end].join('\n'));
  }
  return { folder, stop };
}

async function becomeReady(program: Program, failed: AbortController): Promise<void> {
  const giveUp = (): void => failed.abort(new Error(`no answer in ${PATIENCE_SECONDS} s`));
  const patience = setTimeout(giveUp, PATIENCE_SECONDS * 1000);
  try {
    while (!(await program.ready(failed.signal).catch(() => false))) {
      failed.signal.throwIfAborted();
      await sleep(50);
    }
  } finally {
    clearTimeout(patience);
  }
}

/** Nothing of the user's own, so that tests speak for every machine. */
function environment(folder: string): Record<string, string> {
  const { PATH = '', LANG = 'C.UTF-8' } = process.env;
  return { PATH, LANG, HOME: folder, TMPDIR: `${folder}/tmp` };
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Below those that systems give away by themselves: nobody who asks for any port gets one of these. */
const PORTS = { from: 20_000, to: 30_000 };

/** A port that nobody listened on a moment ago, and that nobody is given before it is used. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    server.close();
    if (isFree) return port;
  }
}
