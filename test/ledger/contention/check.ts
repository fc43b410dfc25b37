import type { Ticket, TicketOutcome } from '@passmuster/core/ledger/ledger.ts';
import { outcomeOf } from '@passmuster/core/ledger/protocol/view.ts';
import { readWritten, type Written } from '@passmuster/core/ledger/written.ts';
import type { Event } from './events.ts';
import { versionAfter } from './mover.ts';
import {
  claimTimes,
  countingClaims,
  type Turn,
  turnsIn,
  type Write,
  writesIn,
} from './timeline.ts';
import { placesAt } from './world.ts';

/** All that is to be seen once nobody moves any more, as each way of reading tells it. */
export interface Ending {
  readonly entries: readonly Written[];
  /** One by one. */
  readonly single: readonly Ticket[];
  /** By their marks. */
  readonly found: readonly Ticket[];
  /** By the chain, with what is wrong with it. */
  readonly sealed: readonly Ticket[];
  readonly problems: readonly string[];
  readonly last: Ticket | undefined;
  readonly places: readonly string[];
}

export interface Figures {
  readonly holds: number;
  readonly medianWait: number;
  readonly claims: number;
  readonly lateWrites: number;
  /** What those turns ended with that came to no seal, other than by a claim. */
  readonly errors: readonly string[];
}

export interface Judgement {
  /** What must never be. */
  readonly problems: readonly string[];
  readonly figures: Figures;
}

function turnProblems(turns: readonly Turn[]): string[] {
  return turns.flatMap((turn, at) => {
    const before = turns[at - 1];
    if (before === undefined) return [];
    const problems: string[] = [];
    if (turn.self < before.self) problems.push(`${turn.self} had its turn after ${before.self}`);
    const overlap = before.to - turn.from;
    if (overlap > 0) {
      problems.push(`${before.self} still held for ${overlap.toFixed(1)} ms beside ${turn.self}`);
    }
    return problems;
  });
}

/** Nobody writes outside of its turn; a process that was claimed finds out before its second write. */
function writeProblems(writes: readonly Write[], turns: readonly Turn[]): string[] {
  const problems: string[] = [];
  const late = new Map<string, number>();
  for (const { self, value, at, isLate } of writes) {
    const turn = turns.find((one) => String(one.self) === self);
    if (turn === undefined || at < turn.from || at > turn.ended) {
      problems.push(`${self} wrote ${value} out of turn`);
    }
    if (isLate) late.set(self, (late.get(self) ?? 0) + 1);
  }
  for (const [self, many] of late) {
    if (many > 1) problems.push(`${self} wrote ${many} times after it had been claimed`);
  }
  return problems;
}

/** What stands there is what the ledger says, but for writes that came late or whose end nobody saw. */
function worldProblems(
  events: readonly Event[],
  writes: readonly Write[],
  { last, places }: Ending,
): string[] {
  const problems: string[] = [];
  const judge = (version: string, found: readonly string[], until: number): void => {
    for (const [step, value] of placesAt(version).entries()) {
      const is = found[step] ?? '';
      const isExcused = writes.some(
        (write) => write.value === is && write.at < until && (write.isLate || !write.isSure),
      );
      if (is !== value && !isExcused) problems.push(`${is} stands where ${value} should`);
    }
  };
  for (const event of events) {
    if (event.what === 'found') judge(event.version, event.places, event.at);
  }
  judge(versionAfter(last), places, Number.POSITIVE_INFINITY);
  return problems;
}

/** A void one did nothing; whether a digest covers that depends on who knows that it came twice. */
const told = ({ number, outcome, digest }: Ticket): string =>
  `${number} ${outcome ?? 'open'} ${outcome === 'void' ? '' : (digest ?? '')}`;

const unlike = (what: string, is: readonly string[], should: readonly string[]): string[] =>
  is.join('\n') === should.join('\n')
    ? []
    : [`${what} says\n${is.join('\n')}\nwhere others say\n${should.join('\n')}`];

/** Every ticket has one outcome, whoever reads it and in whatever way. */
function outcomeProblems(events: readonly Event[], ending: Ending): string[] {
  const { entries, single, found, sealed, last } = ending;
  const view = readWritten(entries);
  const outcomes = new Map<string, TicketOutcome | undefined>();
  for (const { kind, number } of entries) {
    if (kind === 'ticket') outcomes.set(String(number), outcomeOf(view, number));
  }
  const problems = [...outcomes]
    .filter(([, outcome]) => outcome === undefined)
    .map(([number]) => `${number} has no outcome`);
  for (const event of events) {
    if (event.what !== 'sealed') continue;
    const ticket = single.find(({ number }) => number === event.self);
    if (ticket?.outcome === event.outcome && ticket.digest === event.digest) continue;
    problems.push(`${event.self} was sealed ${event.outcome}, and is ${ticket && told(ticket)}`);
  }
  const chained = single.filter(({ outcome }) => outcome !== 'void').map(told);
  const folded = [...outcomes].map(([number, outcome]) => `${number} ${outcome}`);
  return [
    ...problems,
    ...unlike(
      'one by one',
      single.map(({ number, outcome }) => `${number} ${outcome}`),
      folded,
    ),
    ...unlike('the search by marks', found.map(told), single.map(told)),
    ...unlike('the history', sealed.map(told), chained),
    ...unlike('the end of the chain', last ? [told(last)] : [], chained.slice(-1)),
  ];
}

/** Milliseconds from asking to holding, of those who came to hold. */
function waits(events: readonly Event[]): number[] {
  const asked = new Map<string, number>();
  return events.flatMap(({ what, who, at }) => {
    if (what === 'asking') asked.set(who, at);
    return what === 'held' ? [at - (asked.get(who) ?? at)] : [];
  });
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Sets what the processes wrote down, all of them merged, against what the ledger says in the end. */
export function check(unsorted: readonly Event[], ending: Ending): Judgement {
  const events = unsorted.toSorted((a, b) => a.at - b.at);
  const claimed = claimTimes(ending.entries, events);
  const turns = turnsIn(events, claimed);
  const writes = writesIn(events, claimed);
  const errors = events.filter((event) => event.what === 'error');
  const waited = waits(events);
  return {
    problems: [
      ...errors.filter(({ known }) => !known).map(({ message }) => message),
      ...turnProblems(turns),
      ...writeProblems(writes, turns),
      ...worldProblems(events, writes, ending),
      ...outcomeProblems(events, ending),
      ...ending.problems,
    ],
    figures: {
      holds: waited.length,
      medianWait: median(waited),
      claims: countingClaims(ending.entries).claims.length,
      lateWrites: writes.filter(({ isLate }) => isLate).length,
      errors: errors.map(({ message }) => message),
    },
  };
}
