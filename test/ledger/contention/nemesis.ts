import { setTimeout as sleep } from 'node:timers/promises';
import { dice } from '@passmuster/core/ledger/simulation.fixture.ts';
import type { Crew } from './crew.ts';
import type { Event } from './events.ts';
import type { Member } from './member.ts';

/** What is done to a process: at any moment, or when it is just about to write. */
const DEEDS = ['kill a writer', 'stop a writer', 'kill anybody', 'stop anybody'] as const;

const PATIENCE_MS = 60_000;
const BETWEEN_MS = 500;

export interface Misdeeds {
  readonly many: number;
  readonly seed: number;
  /** Of the contenders, in milliseconds. */
  readonly lease: number;
  /** Delivers what was held back on its way. */
  deliverLate(): Promise<void>;
  /** Whether nobody can write, since whoever was stopped is in the middle of a write to the file of all. */
  isBlocked(): boolean;
}

async function must(crew: Crew, what: string, wanted: (event: Event) => boolean): Promise<Event> {
  const event = await crew.next(wanted, PATIENCE_MS);
  if (event) return event;
  const end = crew.events.slice(-20).map((one) => JSON.stringify(one));
  throw new Error([`nobody ${what} within ${PATIENCE_MS} ms; the last was`, ...end].join('\n'));
}

/** Whoever is about to write with more writes to follow, and for which ticket. */
async function aWriter(crew: Crew): Promise<{ member: Member; self: string }> {
  for (;;) {
    const isFirst = (one: Event) => one.what === 'effect' && one.value.endsWith(':0');
    const event = await must(crew, 'wrote', isFirst);
    const member = crew.members.find(({ who }) => who === event.who);
    if (event.what === 'effect' && member) return { member, self: event.self };
  }
}

/** Somebody else acts by now: for a stopped ticket, or for one behind it. */
const isPast = (event: Event, self: string): boolean =>
  (event.what === 'answering' && event.of === self) ||
  (event.what === 'held' && Number(event.self) > Number(self));

/** Stops a writer until somebody else acts. One that is stopped in everybody's way goes on, and the next is. */
async function stopAWriter(crew: Crew, isBlocked: () => boolean): Promise<Member> {
  for (;;) {
    const { member, self } = await aWriter(crew);
    crew.stop(member);
    if (isBlocked()) {
      crew.goOn(member);
      continue;
    }
    await must(crew, 'took over', (event) => isPast(event, self));
    return member;
  }
}

async function stopFor(crew: Crew, member: Member, milliseconds: number): Promise<Member> {
  crew.stop(member);
  await sleep(milliseconds);
  return member;
}

/** Kills and stops contenders, one after the other; after each, somebody has to get on. */
export async function haunt(crew: Crew, misdeeds: Misdeeds): Promise<void> {
  const { many, seed, lease, deliverLate, isBlocked } = misdeeds;
  const chance = dice(seed);
  for (let deed = 0; deed < many; deed++) {
    const what = DEEDS[deed % DEEDS.length];
    await sleep(chance() * BETWEEN_MS);
    const isOfWriter = what?.endsWith('writer');
    const anybody = crew.members[Math.floor(chance() * crew.members.length)];
    if (anybody === undefined) throw new Error('nobody is there');
    if (what?.startsWith('kill')) {
      await crew.kill(isOfWriter ? (await aWriter(crew)).member : anybody);
      crew.hire();
    } else {
      const member = isOfWriter
        ? await stopAWriter(crew, isBlocked)
        : await stopFor(crew, anybody, lease * (1 + chance()));
      await sleep(chance() * BETWEEN_MS);
      crew.goOn(member);
      await must(crew, 'went on', ({ who }) => who === member.who);
    }
    await deliverLate();
    await must(crew, 'sealed', (event) => event.what === 'sealed');
  }
}
