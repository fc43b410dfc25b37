import { readFileSync, readlinkSync } from 'node:fs';
import type { ProcessIdentity } from '@passmuster/core/host.ts';

/** Who this process is, where the system is a Linux that tells. */
export function ownIdentity(): ProcessIdentity | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    const namespace = readlinkSync('/proc/self/ns/pid');
    const { pid, started } = statOf('self');
    // A container may be shown the processes of its host, under numbers that mean nothing inside.
    if (pid !== process.pid) return undefined;
    return { boot, namespace, pid, started };
  } catch {
    return undefined;
  }
}

/** Whether a process of the machine and namespace of `own` is known to have ended. */
export function hasEnded(own: ProcessIdentity | undefined, other: ProcessIdentity): boolean {
  if (own?.boot !== other.boot || own.namespace !== other.namespace) return false;
  if (!Number.isSafeInteger(other.pid) || other.pid < 1) return false;
  try {
    const { state, started } = statOf(other.pid);
    // A zombie does nothing any more; it only waits for its parent to ask how it ended.
    return started !== other.started || state === 'Z' || state === 'X';
  } catch {
    return isGone(other.pid);
  }
}

/** Other people's processes may be hidden from us in /proc; a signal still tells that they are there. */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

interface Stat {
  readonly pid: number;
  readonly state: string;
  /** In ticks since the machine was started. */
  readonly started: string;
}

const statOf = (pid: number | 'self'): Stat =>
  parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1'));

const STATE = 3;
const STARTED = 22;

/** The program's name is the second field; it may hold spaces and parentheses, what follows does not. */
export function parseStat(line: string): Stat {
  const after = line.lastIndexOf(')') + 2;
  const fields = line.slice(after).split(' ');
  const [state, started] = [fields[0], fields[STARTED - STATE]];
  const pid = Number.parseInt(line, 10);
  if (!state || !started || !/^\d+$/.test(started) || Number.isNaN(pid)) {
    throw new Error('/proc speaks a language of its own');
  }
  return { pid, state, started };
}
