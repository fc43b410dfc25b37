import { describe, expect, test } from 'vitest';
import type { AnswerEntry, ClaimEntry, Entry } from '../entries.ts';
import { next } from '../next.ts';
import { outcomeOf, readEntries, type View } from '../view.ts';
import { PROTOCOL, type Protocol } from './protocol.fixture.ts';
import {
  CRASH_AND_STOP,
  CRASH_STOP_FOREIGN,
  FEW,
  LOSS_AND_FOREIGN,
  STOP_AND_FOREIGN,
} from './scenarios.fixture.ts';
import { explore } from './search.fixture.ts';
import type { ModelTicket } from './state.fixture.ts';

test.each(FEW)('$name', ({ name, wishes, faults }) => {
  const { violation, states, ends } = explore(wishes, faults);
  expect(violation).toBeUndefined();
  expect(ends).toBeGreaterThan(0);
  process.stdout.write(`${name}: ${states} states\n`);
});

type Entries = Iterable<Entry<ModelTicket>>;

/** The fold, with other rules for claims and answers. */
function fold(
  claims: (claim: ClaimEntry, answerers: Map<number, number>) => void,
  counts: (answer: AnswerEntry, answerers: ReadonlyMap<number, number>) => boolean,
) {
  return (entries: Entries): View<ModelTicket> => {
    const answerers = new Map<number, number>();
    const answers = new Map<number, AnswerEntry>();
    for (const entry of [...entries].sort((a, b) => a.number - b.number)) {
      if (entry.kind === 'claim') claims(entry, answerers);
      if (entry.kind === 'answer' && !answers.has(entry.of) && counts(entry, answerers)) {
        answers.set(entry.of, entry);
      }
    }
    return { ...readEntries(entries), answerers, answers };
  };
}

const BROKEN: readonly [string, typeof CRASH_AND_STOP, Partial<Protocol>][] = [
  ['no look before an effect', CRASH_AND_STOP, { looksBeforeEffects: false }],
  ['without a reply, it decides anew', LOSS_AND_FOREIGN, { repeats: false }],
  ['no look after sealing', STOP_AND_FOREIGN, { looksAfterSealing: false }],
  [
    'claims ignored',
    CRASH_AND_STOP,
    {
      standing: () => 'ours',
      next: (self, queue, view, pulse) =>
        next(self, queue, { ...view, answerers: new Map(), claimed: new Map() }, pulse),
    },
  ],
  [
    'claims ignored by those who are claimed',
    CRASH_AND_STOP,
    {
      standing: () => 'ours',
      next: (self, queue, view, pulse) => {
        const answerers = new Map([...view.answerers].filter(([number]) => number !== self));
        return next(self, queue, { ...view, answerers }, pulse);
      },
    },
  ],
  [
    'a claimed ticket’s own end counts',
    STOP_AND_FOREIGN,
    { outcomeOf: (view, number) => view.tickets.get(number)?.end ?? outcomeOf(view, number) },
  ],
  [
    'a claimer’s duties stay with it when it is claimed',
    CRASH_STOP_FOREIGN,
    {
      readEntries: fold(
        ({ by, of }, answerers) => {
          if (answerers.has(by)) return;
          for (const number of of) if (!answerers.has(number)) answerers.set(number, by);
        },
        ({ by, of }, answerers) => answerers.get(of) === by,
      ),
    },
  ],
  [
    'anybody’s answer counts',
    CRASH_AND_STOP,
    {
      readEntries: (entries) => ({
        ...fold(
          () => {},
          () => true,
        )(entries),
        answerers: readEntries(entries).answerers,
      }),
    },
  ],
  [
    'a claimer holds before it has answered',
    CRASH_AND_STOP,
    {
      next: (self, queue, view, pulse) => {
        const act = next(self, queue, view, pulse);
        return act.do === 'answer' ? { do: 'hold' } : act;
      },
    },
  ],
];

describe('a rule left out is found out:', () => {
  test.each(BROKEN)('%s', (_, { wishes, faults }, broken) => {
    const { violation } = explore(wishes, faults, { ...PROTOCOL, ...broken });
    expect(violation?.says).toBeDefined();
  });
});
