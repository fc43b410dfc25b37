import { closeSync, openSync, readSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Event, type Happening, now } from './events.ts';
import { endOf, type Member, startMember } from './member.ts';
import type { Errand } from './worker.ts';

const WORKER = new URL('worker.ts', import.meta.url);
const POLL_MS = 2;
const STARTING_MS = 30_000;

export interface CrewOptions extends Omit<Errand, 'who' | 'log'> {
  readonly folder: string;
  /** As PASSMUSTER_LEASE says it; nothing for the usual one. */
  readonly lease?: string;
}

/** Processes that contend for one model, and what they have written down so far. */
export interface Crew {
  /** Those that were not killed. */
  readonly members: readonly Member[];
  readonly events: readonly Event[];
  /** As many, who begin together once all are there. */
  begin(many: number): Promise<void>;
  /** One more, who begins at once. */
  hire(): void;
  /** Waits for the first event from now on, of anybody, that is wanted. */
  next(wanted: (event: Event) => boolean, patience: number): Promise<Event | undefined>;
  kill(member: Member): Promise<void>;
  stop(member: Member): void;
  goOn(member: Member): void;
  /** Lets everybody finish the turn that they are in, or all that they were told to. */
  finish(): Promise<void>;
  /** However it went: nobody is left. */
  end(): Promise<void>;
}

interface Follower {
  read(): string[];
  close(): void;
}

/** The lines of a file, as they come. */
function follow(file: string): Follower {
  const open = openSync(file, 'a+');
  const buffer = Buffer.alloc(64 * 1024);
  const decoder = new TextDecoder();
  let [offset, rest] = [0, ''];
  return {
    read() {
      const size = readSync(open, buffer, 0, buffer.length, offset);
      offset += size;
      const lines = (rest + decoder.decode(buffer.subarray(0, size), { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      return lines;
    },
    close: () => closeSync(open),
  };
}

export function crewOf({ folder, lease, ...errand }: CrewOptions): Crew {
  const members = new Set<Member>();
  const events: Event[] = [];
  const followers: Follower[] = [];
  let hired = 0;

  function poll(): void {
    for (const line of followers.flatMap((follower) => follower.read())) {
      events.push(JSON.parse(line) as Event);
    }
  }

  const note = ({ who }: Member, happening: Happening): void => {
    events.push({ ...happening, who, at: now() });
  };

  function start(): Member {
    const who = `w${++hired}`;
    const log = `${folder}/${who}.jsonl`;
    followers.push(follow(log));
    const member = startMember({
      program: WORKER,
      who,
      errand: { ...errand, who, log },
      folder,
      lease,
    });
    members.add(member);
    return member;
  }

  async function next(wanted: (event: Event) => boolean, patience: number) {
    const until = now() + patience;
    let seen = events.length;
    for (;;) {
      poll();
      const found = events.slice(seen).find(wanted);
      if (found || now() > until) return found;
      seen = events.length;
      await sleep(POLL_MS);
    }
  }

  return {
    get members() {
      return [...members];
    },
    events,
    async begin(many) {
      const all = Array.from({ length: many }, start);
      for (let ready = 0; ready < many; ready++) {
        if (!(await next(({ what }) => what === 'ready', STARTING_MS))) break;
      }
      for (const { child } of all) child.send('go');
    },
    hire() {
      start().child.send('go');
    },
    next,
    async kill(member) {
      members.delete(member);
      // The last that it may still have done was before this.
      member.child.kill('SIGKILL');
      await member.ended;
      note(member, { what: 'killed' });
    },
    stop(member) {
      member.child.kill('SIGSTOP');
      note(member, { what: 'stopped' });
    },
    goOn(member) {
      note(member, { what: 'continued' });
      member.child.kill('SIGCONT');
    },
    async finish() {
      if (errand.turns === undefined) for (const { child } of members) child.disconnect();
      await Promise.all([...members].map(endOf));
      poll();
    },
    async end() {
      for (const { child } of members) child.kill('SIGKILL');
      await Promise.all([...members].map(({ ended }) => ended));
      for (const follower of followers) follower.close();
    },
  };
}
