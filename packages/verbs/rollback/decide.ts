import { commandText } from '@passmuster/core/command-text.ts';
import { PassmusterError } from '@passmuster/core/errors.ts';
import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import { goodBefore, spellsOf } from '@passmuster/core/promotions/live.ts';
import type { From, Party, Traffic } from '@passmuster/core/promotions/record.ts';
import { moveOf } from '@passmuster/core/promotions/record.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import { courseOf } from '../moving/course.ts';
import type { Seen, SeenThere } from '../moving/look.ts';
import { notReady } from '../moving/not-ready.ts';
import { partyOf, partyText } from '../moving/party.ts';
import type { Place } from '../moving/place.ts';
import { fromOf } from '../moving/record-of.ts';
import { type Refusal, refuse, refuseFor } from './refusal.ts';
import type { Wish } from './wish.ts';

/** What is to be done about a wish. */
export type Decision =
  | {
      readonly do: 'move';
      readonly from: From;
      readonly to: Party;
      readonly version: ModelVersion;
      readonly steps: readonly Step[];
      /** What serves then, where the cluster takes part. */
      readonly traffic?: Traffic;
      /** What a reader should know of what does not move. */
      readonly remarks: readonly string[];
    }
  /** What was to be taken out is not live: what is, and the ticket that made it so. */
  | {
      readonly do: 'nothing';
      /** Absent where nothing was live to begin with. */
      readonly was?: Party;
      readonly live?: Party;
      readonly ticket?: Ticket;
    }
  | Refusal;

interface At {
  readonly place: Place;
  readonly seen: Seen;
  readonly there: SeenThere;
}

const versionIn = ({ marks }: Seen, number: string): ModelVersion | undefined =>
  marks.versions.find((version) => version.number === number);

/** Whether the version that the ledger names was deleted, and nobody has put another into its place. */
function isOnlyGone({ place, seen, there }: At): boolean {
  const number = there.recorded?.party?.number;
  if (number === undefined || versionIn(seen, number)) return false;
  const { alias, stage } = place.environment.policy;
  const aliased = seen.marks.aliases.get(alias) ?? number;
  return aliased === number && !seen.marks.versions.some((one) => one.stage === stage);
}

/** What is there, as ledger and registry agree on it. */
function liveIn(at: At): From | undefined {
  const { place, seen, there } = at;
  const { standing } = there;
  if (standing.kind === 'unclear' && !isOnlyGone(at)) {
    const { says, hint } = standing;
    const message = `"${quotable(place.environment.name)}" is not rolled back: ${says}.`;
    throw new PassmusterError('conflict', [{ message, hint }]);
  }
  return fromOf(there, seen);
}

const MOST_NAMED = 5;

/** What the environment had and still could have, the last first. */
function hadText({ seen, there }: At, live: From): string {
  const had = [
    ...new Map(
      spellsOf(there.history.sealed)
        .reverse()
        .map(({ party }) => [party.number, party]),
    ).values(),
  ].filter(({ number }) => number !== live.number && versionIn(seen, number));
  if (had.length === 0) return 'It had no other version that is still there.';
  const named = had.slice(0, MOST_NAMED).map(partyText).join(', ');
  const more = had.length > MOST_NAMED ? ` and ${had.length - MOST_NAMED} more` : '';
  return `It had ${named}${more}.`;
}

function commandTo({ place }: At, live: From, to: string): string {
  const { model, environment } = place;
  const flags = { model, environment: environment.name, from: `number:${live.number}` };
  return commandText('rollback', { ...flags, to: `number:${to}`, reason: '…' });
}

/** The one to go back to has been deleted; the next good one is for a person to choose. */
function deleted(at: At, live: From, target: Party, good: readonly Party[]): Refusal {
  const next = good.find(({ number }) => number !== target.number && versionIn(at.seen, number));
  const says = `${partyText(target)}, which it would go back to, has been deleted`;
  const name = at.place.environment.name;
  if (next === undefined) {
    return refuse(
      says,
      `There is no other good version that "${quotable(name)}" had: promote one that is fit for it.`,
    );
  }
  const command = commandTo(at, live, next.number);
  return { ...refuse(says, `The next good one is ${partyText(next)}:`), command };
}

function targetOf(at: At, { to }: Wish, live: From, good: readonly Party[]): Party | Refusal {
  const { history } = at.there;
  const name = quotable(at.place.environment.name);
  if (to !== undefined) {
    const had = spellsOf(history.sealed).findLast(({ party }) => party.number === to)?.party;
    if (had) return had;
    const says = `"${name}" never had number ${quotable(to)}`;
    return refuse(says, `A rollback goes to what was there before. ${hadText(at, live)}`);
  }
  const [nearest] = good;
  if (nearest) return nearest;
  const says = `there is no earlier version of "${name}" on record that was never rolled back from`;
  const again = `${hadText(at, live)} \`to\` takes one that was rolled back from, too; else promote another.`;
  return refuse(says, again);
}

/** What is live in place of what was to be taken out, and how it came to be. */
function nothing(
  { there: { history, recorded } }: At,
  wish: Wish,
  live: From | undefined,
): Decision {
  const parties = spellsOf(history.sealed).map(({ party }) => party);
  const ticket = history.sealed.find(({ number }) => number === recorded?.ticket);
  const number = wish.from;
  const was = number === undefined ? undefined : { number };
  const known = parties.findLast((party) => party.number === number) ?? was;
  return {
    do: 'nothing',
    ...(known && { was: known }),
    ...(live && { live }),
    ...(ticket && { ticket }),
  };
}

/** Or was to have it, by a move that was put back. */
const hasEverHad = ({ there }: At, number: string): boolean =>
  there.history.sealed.some((ticket) => {
    const { from, to } = moveOf(ticket) ?? {};
    return from?.number === number || to?.number === number;
  });

/** To say that it is not live any more would be to say that it was. */
function neverHad(at: At, number: string, live: From | undefined): Refusal {
  const name = quotable(at.place.environment.name);
  const has = live ? `It has ${partyText(live)} now.` : 'It has no version now.';
  return refuse(
    `"${name}" never had number ${quotable(number)}`,
    `${has} Check \`environment\` and \`from\`.`,
  );
}

/** Decides by what was seen under the ticket; a state that nobody can tell from a mistake is a conflict. */
export function decide(at: At, wish: Wish): Decision {
  const { seen, there } = at;
  const name = quotable(at.place.environment.name);
  const live = liveIn(at);
  if (wish.from === undefined || live?.number !== wish.from) {
    if (wish.from === undefined && live === undefined) {
      return refuse(`no version is live in "${name}"`, 'Promote one.');
    }
    if (wish.from !== undefined && !hasEverHad(at, wish.from)) return neverHad(at, wish.from, live);
    return nothing(at, wish, live);
  }
  const good = goodBefore(there.history.sealed, live.number);
  const target = targetOf(at, wish, live, good);
  if ('do' in target) return target;
  const version = versionIn(seen, target.number);
  if (version === undefined) return deleted(at, live, target, good);
  const problem = notReady(version);
  if (problem) {
    return refuseFor({ ...problem, hint: `${problem.hint} ${hadText(at, live)}` });
  }
  const course = courseOf(at.place, seen, there, version);
  if (course.problem) return refuseFor(course.problem);
  const { steps, remarks } = course;
  // What it is called may have come after it was there.
  const to = { ...target, ...partyOf(version, seen.names) };
  return { do: 'move', from: live, to, version, steps, remarks };
}
