import type { Standing } from '@passmuster/core/environments/standing.ts';
import { emptiedIn, standsAt } from '@passmuster/core/environments/stands.ts';
import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import {
  hasGoneOn,
  type Recorded,
  recordedBy,
  recordedIn,
} from '@passmuster/core/promotions/live.ts';
import type { Marks } from '@passmuster/core/promotions/marks.ts';
import type { Move, Party } from '@passmuster/core/promotions/record.ts';
import {
  arrivalOf,
  type Difference,
  differences,
  type Entry,
  lateWriteIn,
  overridesOf,
  type Readable,
} from '@passmuster/core/promotions/summary.ts';
import { undone } from '@passmuster/core/promotions/undone.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import type { Seen } from './look.ts';
import { orElse } from './or-else.ts';
import type { Environment } from './places.ts';
import type { Disagreement, State, ToldEnvironment } from './told.ts';

/** A move that is being carried out: its record says what it changes. */
interface Open {
  readonly ticket: Ticket;
  readonly move: Move;
}

interface About {
  readonly environment: Environment;
  readonly seen: Seen;
  readonly history: Readable;
  readonly open: readonly Open[];
  readonly partyOf: (version: ModelVersion) => Party;
}

const hasAlias = ({ environment, seen }: Pick<About, 'environment' | 'seen'>): boolean =>
  seen.hasAliases && environment.hasAlias;

const standingBy = (about: About, marks: Marks, recorded: Recorded | undefined): Standing =>
  standsAt(about.environment, marks, recorded, hasAlias(about), () => wentOn(about, recorded));

/** Whether a move on record took the version that is there out of its stage; one that cannot be read did not. */
const wentOn = (
  { seen: { whole }, environment: { stage } }: About,
  recorded: Recorded | undefined,
) =>
  whole !== undefined &&
  recorded !== undefined &&
  stage !== undefined &&
  orElse(false, () => hasGoneOn(whole, recorded, stage));

/** What would stand there without the moves that are under way; nothing where they do not explain it. */
function behind(about: About, recorded: Recorded | undefined): Standing | undefined {
  let { marks } = about.seen;
  for (const { move } of about.open) {
    const before = undone(move.steps, marks);
    if (before === undefined) return undefined;
    marks = before;
  }
  return standingBy(about, marks, recorded);
}

/** Whether what stands there is what a move that is under way wants, as when a hand's move is being settled. */
const isWanted = (about: About): boolean =>
  about.open.some(({ ticket }) => {
    if (ticket.environment !== about.environment.name) return false;
    const wanted = recordedBy({ ...ticket, outcome: 'done' });
    return standingBy(about, about.seen.marks, wanted).kind !== 'unclear';
  });

interface Judged {
  readonly state: State;
  readonly standing: Standing;
}

function judged(about: About, recorded: Recorded | undefined): Judged {
  const { environment, seen, open } = about;
  const standing = standingBy(about, seen.marks, recorded);
  const isClear = standing.kind !== 'unclear';
  const isOurs = open.some(({ ticket }) => ticket.environment === environment.name);
  if (open.length > 0 && (isOurs || !isClear)) {
    const without = behind(about, recorded);
    if (without && without.kind !== 'unclear') return { state: 'under-way', standing: without };
    if (!isClear && isWanted(about)) return { state: 'under-way', standing };
  }
  if (!isClear) return { state: 'disagrees', standing };
  if (isOurs) return { state: 'under-way', standing };
  return { state: recorded === undefined ? 'unrecorded' : 'agrees', standing };
}

function stoppedText({ ticket, move }: Entry): string {
  const to = move.to ? `to number ${quotable(move.to.number)} ` : '';
  return `${move.verb} ${to}has stopped on somebody else’s value (ticket ${ticket.number}), and since then `;
}

function lateText({ ticket, move }: Entry): string {
  return ` It need not have been a hand: ${move.verb} (ticket ${ticket.number}, ${ticket.outcome}) was to write the same, and one of its writes may have landed late.`;
}

function changesOf(about: About, recorded: Recorded): Difference[] {
  const { environment, seen } = about;
  const has = hasAlias(about);
  const left = () => wentOn(about, recorded);
  const emptied = emptiedIn(environment, seen.marks, recorded, has, left);
  return differences(environment, seen.marks, recorded.party?.number ?? '', has, emptied);
}

function disagreement(
  about: About,
  recorded: Recorded | undefined,
  standing: Extract<Standing, { kind: 'unclear' }>,
): Disagreement {
  const { history, partyOf } = about;
  const { marks } = about.seen;
  const changed = recorded ? changesOf(about, recorded) : [];
  // A deployment writes nothing to the registry.
  const moves = history.entries.filter(({ move }) => move.verb !== 'deploy');
  const last = moves.at(-1);
  const stopped = last?.ticket.outcome === 'stopped' ? last : undefined;
  const late = lateWriteIn(moves, changed);
  const numbers = new Set(
    changed.flatMap(({ expected: one, found }) => [one, ...found.split(' ')]),
  );
  const parties = marks.versions.filter(({ number }) => numbers.has(number)).map(partyOf);
  return {
    says: `${stopped ? stoppedText(stopped) : ''}${standing.says}`,
    hint: `${standing.hint}${late ? lateText(late) : ''}`,
    differences: changed,
    parties,
    ...(stopped && { stopped }),
    ...(late && { late }),
  };
}

const UNREADABLE: Standing = {
  kind: 'none',
  says: 'the last move there has a record that cannot be read',
};

/** What there is to tell of an environment, from one look. */
export function tellEnvironment(about: About): ToldEnvironment {
  const { environment, seen, history, partyOf } = about;
  const { entries, isWhole } = history;
  const plain = { environment, overrides: [], entries };
  if (!isWhole) return { ...plain, state: 'unknown', standing: UNREADABLE };
  const recorded = recordedIn(entries.map(({ ticket }) => ticket));
  if (seen.remembered.versions === undefined) {
    const says = 'the registry cannot list the versions of a model';
    return { ...plain, state: 'unknown', standing: { kind: 'none', says } };
  }
  const { state, standing } = judged(about, recorded);
  const there = standing.kind === 'version' ? partyOf(standing.version) : undefined;
  const party = recorded ? recorded.party : there;
  const arrival = arrivalOf(entries, party?.number);
  return {
    environment,
    state,
    standing,
    entries,
    overrides: party ? overridesOf(entries, party.number) : [],
    ...(party && { party }),
    ...(arrival && { arrival }),
    ...(state === 'disagrees' &&
      standing.kind === 'unclear' && {
        disagreement: disagreement(about, recorded, standing),
      }),
  };
}
