import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A process of ours that takes part in a contest. */
export interface Member {
  readonly who: string;
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  /** Where it writes what it has to say of its own end. */
  readonly errors: string;
}

export interface Hiring {
  readonly program: URL;
  readonly who: string;
  /** What the program is told: its only argument, as JSON. */
  readonly errand: object;
  readonly folder: string;
  /** As PASSMUSTER_LEASE says it; nothing for the usual one. */
  readonly lease?: string | undefined;
}

export function startMember({ program, who, errand, folder, lease }: Hiring): Member {
  const errors = `${folder}/${who}.err`;
  const open = openSync(errors, 'a');
  const { PASSMUSTER_LEASE: _, ...others } = process.env;
  const child = fork(fileURLToPath(program), [JSON.stringify(errand)], {
    stdio: ['ignore', 'ignore', open, 'ipc'],
    env: { ...others, ...(lease !== undefined && { PASSMUSTER_LEASE: lease }) },
    execArgv: [],
  });
  closeSync(open);
  return { who, child, ended: once(child, 'exit'), errors };
}

/** Waits for its end, which has to be a good one. */
export async function endOf({ who, child, ended, errors }: Member): Promise<void> {
  await ended;
  if (child.exitCode === 0) return;
  const said = await readFile(errors, 'utf8');
  throw new Error(`${who} ended with ${child.signalCode ?? child.exitCode}: ${said}`);
}
