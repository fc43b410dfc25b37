import { LONGEST_GATE } from '../../gates/gate.ts';
import { defaulted } from '../../shape/keys.ts';
import { list } from '../../shape/list.ts';
import { record } from '../../shape/record.ts';
import { text } from '../../shape/text.ts';
import { LONGEST_REASON, MOST_WAIVERS } from '../limits.ts';
import { UNTIL, untilProblem } from '../until.ts';
import { NOT_BLANK, VISIBLE } from './names.ts';
import { people } from './people.ts';

const until = text({
  description: 'The last day of it in UTC, or the moment at which it ends.',
  examples: ['2026-12-31', '2026-12-31T12:00:00Z'],
  patterns: [
    {
      regex: UNTIL,
      says: 'a day such as `2026-12-31`, or a moment in UTC such as `2026-12-31T12:00:00Z`',
    },
  ],
  refuse: untilProblem,
});

const words = (description: string, example: string, maxLength: number) =>
  text({
    description,
    examples: [example],
    minLength: 1,
    maxLength,
    patterns: [VISIBLE, NOT_BLANK],
  });

const LONGEST_NAME = 100;

const WAIVER = {
  gate: 'latency_p95_ms <= 250',
  reason: 'the new tokenizer is slower, #123 makes up for it',
  approver: 'alice',
  until: '2026-12-31',
};

const waiver = record(
  {
    gate: words('The gate that need not pass, as it is written.', WAIVER.gate, LONGEST_GATE),
    reason: words('Why it need not pass for now.', WAIVER.reason, LONGEST_REASON),
    approver: words('Who has agreed to that.', WAIVER.approver, LONGEST_NAME),
    until,
  },
  { description: 'A gate that need not pass here for a while.', examples: [WAIVER] },
);

export const waivers = list(waiver, {
  description: 'Gates that need not pass here for a while; every report shows them.',
  examples: [[WAIVER]],
  maxItems: MOST_WAIVERS,
});

const FREEZE = { until: '2026-12-31', reason: 'no changes before the new year' };

export const freeze = record(
  {
    until,
    reason: words('Why nothing moves.', FREEZE.reason, LONGEST_REASON),
    pass: defaulted(people('Who may move a version all the same, by login.'), []),
  },
  { description: 'For a while no version moves here.', examples: [FREEZE] },
);

export const mayOverride = people(
  'Who may move a version here against gates, freeze and missing approvals, by login.',
);
