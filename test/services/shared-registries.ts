import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { MLFLOW_VERSIONS, startMlflow } from './mlflow.ts';

/** A registry that several processes use at once. */
export interface SharedRegistry {
  readonly address: string;
  /** Whether a process that is stopped keeps all others from writing; without it, none can. */
  readonly isBlocked?: () => boolean;
  stop(): Promise<void>;
}

const CLI = fileURLToPath(new URL('../../packages/cli/bin.js', import.meta.url));

async function folderOfOwn(): Promise<{ file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(`${tmpdir()}/passmuster-shared-`);
  return { file: `${folder}/registry.db`, remove: () => rm(folder, { recursive: true }) };
}

/** The embedded registry as a server of its own, which all contenders ask. */
export async function served(): Promise<SharedRegistry> {
  const { file, remove } = await folderOfOwn();
  const child = spawn(process.execPath, [CLI, 'registry', '--file', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    address: line.split(' ').at(-1) ?? '',
    async stop() {
      child.kill();
      await ended;
      await remove();
    },
  };
}

const LONGEST_WRITE_MS = 2_000;

/** Whether a process that is stopped holds the file, in the middle of a write: SQLite waits for it. */
function isHeld(file: string): boolean {
  const sqlite = new DatabaseSync(file, { timeout: LONGEST_WRITE_MS });
  try {
    sqlite.exec('BEGIN IMMEDIATE; ROLLBACK');
    return false;
  } catch {
    return true;
  } finally {
    sqlite.close();
  }
}

/** A file that every contender opens by itself. */
async function shared(): Promise<SharedRegistry> {
  const { file, remove } = await folderOfOwn();
  return { address: `embedded:${file}`, isBlocked: () => isHeld(file), stop: remove };
}

export const REGISTRIES: readonly (readonly [string, () => Promise<SharedRegistry>])[] = [
  ['the embedded registry, served', served],
  ['the embedded registry, as a file of several processes', shared],
  ...MLFLOW_VERSIONS.map((version) => {
    const start = async () => {
      const { url, stop } = await startMlflow(version, { workers: 2 });
      return { address: url, stop };
    };
    return [`MLflow ${version}`, start] as const;
  }),
];
