import { mkdir, readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Program, type Service, startService } from './service.ts';

/** A service that a test takes away and gives back. */
export interface Restartable {
  /** At once, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** As a polite operator would; what does not go in time is killed. */
  stop(): Promise<void>;
  /** Again, as it was: same port, same files. It is ready when this returns. */
  start(): Promise<void>;
  /** It keeps its connections and says nothing more. */
  freeze(): void;
  thaw(): void;
  /** Whether nobody took it away. */
  isThere(): boolean;
}

/** An API server waits for its watches to end, for up to a minute. */
const PATIENCE_MILLISECONDS = 5000;

/** Starts a program in `folder`, of which nothing may be needed after it was stopped. */
export async function startRestartable(folder: string, program: Program): Promise<Restartable> {
  let running = await started(folder, program);

  const end = async (): Promise<void> => {
    const { service } = running;
    running = { ...running, pid: undefined };
    await service.stop();
  };
  const signal = (name: NodeJS.Signals): void => {
    if (running.pid === undefined) throw new Error(`${program.name} does not run`);
    process.kill(running.pid, name);
  };

  const ended = async (...names: NodeJS.Signals[]): Promise<void> => {
    const { pid } = running;
    if (pid !== undefined && isRunning(pid)) {
      for (const name of names) signal(name);
      // Else its port may still be taken when it is started again.
      await gone(pid);
    }
    await end();
  };

  return {
    kill: () => ended('SIGKILL'),
    // One that was frozen hears nothing before it is thawed.
    stop: () => ended('SIGTERM', 'SIGCONT'),
    async start() {
      if (running.pid !== undefined) throw new Error(`${program.name} runs already`);
      running = await started(folder, program);
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    isThere: () => running.pid !== undefined,
  };
}

async function started(
  folder: string,
  { program, args, ...rest }: Program,
): Promise<{ readonly service: Service; readonly pid: number | undefined }> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(`${folder}/tmp`, { recursive: true });
  // The guard knows the process and does not tell; a shell that becomes the program can.
  const telling = ['-c', 'echo $$ >pid; exec "$@"', 'sh', program, ...args];
  const service = await startService(folder, { ...rest, program: '/bin/sh', args: telling });
  return { service, pid: Number(await readFile(`${folder}/pid`, 'utf8')) };
}

async function gone(pid: number): Promise<void> {
  for (const start = performance.now(); performance.now() - start < PATIENCE_MILLISECONDS; ) {
    if (!isRunning(pid)) return;
    await sleep(20);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
