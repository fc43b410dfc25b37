import { type Refusal, testRefusals } from '../refusal.fixture.ts';

const holding = (key: string, value: string, says: RegExp): Refusal => {
  const before = `environments: { e: { ${key}: `;
  return [`${before}${value} } }`, 1, before.length + 1, says];
};

/** Within `approvals: { … }`, the column of what is wrong. */
const approving = (inside: string, at: string, says: RegExp): Refusal => {
  const text = `environments: { e: { approvals: { ${inside} } } }`;
  return [text, 1, text.indexOf(at, 34) + 1, says];
};

const APPROVALS: Refusal[] = [
  holding('approvals', '[2]', /a list; expected an integer from 0 to 100, or a map with `count`/),
  holding('approvals', '{}', /`environments\.e\.approvals` has no `count`, which it must have/),
  approving('count: 0', '0', /is 0; expected an integer from 1 to 100/),
  approving('count: 101', '101', /expected an integer from 1 to 100/),
  approving('count: 1, maxAge: 30d', 'maxAge', /Did you mean `max-age`/),
  approving('count: 1, max_age: 30d', 'max_age', /Did you mean `max-age`/),
  approving('count: 1, authors: true', 'authors', /Did you mean `author`/),
  approving('count: 1, author: yes', 'yes', /"yes"; expected `true` or `false`/),
  approving('count: 1, max-age: 30', '30', /30; expected a text.*quotes/s),
  approving('count: 1, max-age: 1w', '1w', /"1w"; expected days or hours, such as `30d` or `12h`/),
  approving('count: 1, from: [alice]', '[', /a list; expected a map/),
  approving('count: 1, from: { user: [alice] }', 'user', /Did you mean `users`/),
  approving('count: 1, from: { users: alice }', 'alice', /expected a list/),
  approving('count: 1, from: { users: ["@alice"] }', '"@', /"@alice"; expected a login .*without/),
  approving('count: 1, from: { users: [-a] }', '-a', /expected a login/),
  approving('count: 1, from: { users: ["a\\u202eb"] }', '"a', /"a\\u\{202e\}b"; expected a login/),
  approving('count: 1, from: { teams: [ml] }', 'ml', /"ml"; expected .*`organisation\/team`/),
  approving('count: 1, from: { teams: [acme/ML] }', 'acme', /the team in small letters/),
  approving('count: 1, from: {}', '{}', /`environments\.e\.approvals\.from` names nobody/),
  approving(
    'count: 1, from: { users: [], teams: [] }',
    '{ users',
    /names nobody.*leave out `from`/s,
  ),
  approving('count: 2, from: { users: [alice, Alice] }', '2', /is 2, but `from` names only 1 who/),
];

const FREEZE: Refusal[] = [
  holding('freeze', 'true', /true; expected a map with `until`, `reason`/),
  holding('freeze', '{ until: 2026-12-31 }', /`environments\.e\.freeze` has no `reason`/),
  holding('freeze', '2026-12-31', /"2026-12-31"; expected a map with `until`, `reason`/),
];

const KEYS: Refusal[] = (
  [
    ['may_override: [a]', 'may-override'],
    ['mayOverride: [a]', 'may-override'],
    ['freeze-until: 2026-12-31', 'freeze'],
    ['approvals-from: {}', 'approvals'],
    ['waiver: []', 'waivers'],
  ] as const
).map(([key, meant]) => [
  `environments: { e: { ${key} } }`,
  1,
  22,
  new RegExp(`Did you mean \`${meant}\``),
]);

const LOGINS: Refusal[] = (
  [
    ['"a b"', /"a b"; expected a login/],
    ['a/b', /"a\/b"; expected a login/],
    ['"app[bot]"', /expected a login/],
    ['7', /7; expected a text.*quotes: "7"/s],
    ['a'.repeat(40), /expected a login/],
    ['a_b_c', /expected a login/],
  ] as const
).map(([login, says]) => [`environments: { e: { may-override: [${login}] } }`, 1, 37, says]);

const GOOD = {
  gate: 'accuracy >= 0.9',
  reason: 'flaky',
  approver: 'alice',
  until: '2026-12-31',
};
const POLICY = `models: { m: { gates: [accuracy >= 0.9, loss <= 1] } }
environments:
  e:
    gates: [f1 > 0, { warn: recall > 0 }]
    waivers:
`;
const FIRST_LINE = 6;

const item = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([key, value], index) => `${index === 0 ? '      - ' : '        '}${key}: ${value}\n`)
    .join('');

/** One waiver, with another value for one of its keys. */
const waiving = (key: keyof typeof GOOD, value: string, says: RegExp): Refusal => [
  POLICY + item({ ...GOOD, [key]: value }),
  FIRST_LINE + Object.keys(GOOD).indexOf(key),
  '        '.length + key.length + 3,
  says,
];

const WAIVERS: Refusal[] = [
  waiving('gate', '""', /an empty text; expected/),
  waiving('gate', '"a\\u0007b > 1"', /"a\\u\{7\}b > 1"; expected one line/),
  waiving('gate', 'accuracy >= 0.8', /is no gate of this .*Did you mean `accuracy >= 0\.9`/s),
  waiving('gate', 'accuracy>=0.9', /is no gate of this .*Did you mean `accuracy >= 0\.9`/s),
  waiving('gate', 'toxicity <= 0.1', /A waiver names a gate as it is written/),
  waiving('gate', '"# nothing"', /is no gate/),
  waiving('gate', 'recall > 0', /`recall > 0` only warns, so that there is nothing to waive/),
  waiving('reason', '" "', /a text that is not blank/),
  waiving('reason', '"a\\nb"', /"a\\u\{a\}b"; expected one line/),
  waiving('reason', '"\\e[31m"', /"\\u\{1b\}\[31m"; expected one line/),
  waiving('reason', '7', /7; expected a text/),
  waiving('approver', '""', /an empty text; expected/),
  waiving('approver', '"\\t"', /expected one line/),
  waiving('until', 'tomorrow', /"tomorrow"; expected a day such as `2026-12-31`, or a moment/),
  waiving('until', '2026-12-31T12:00:00', /or a moment in UTC such as `2026-12-31T12:00:00Z`/),
  waiving('until', '2026-02-30', /`e?.*until` is "2026-02-30", a day that no calendar has/),
  waiving('until', '2027-02-29', /a day that no calendar has/),
  waiving('until', '20261231', /20261231; expected a text/),
];

const BETWEEN: Refusal[] = [
  [
    POLICY + item({ ...GOOD, gate: 'loss <= 1' }) + item({ ...GOOD, gate: '"loss <= 1 # again"' }),
    FIRST_LINE + 4,
    15,
    /`loss <= 1` is waived twice; the first is in line 6, column 15.*Keep one/s,
  ],
  [
    `${POLICY.replace('environments:', 'environments:\n  d: { gates: [x > 1] }')}${item({ ...GOOD, gate: 'x > 1' })}`,
    FIRST_LINE + 1,
    15,
    /`x > 1` is no gate of this environment, nor of a model/,
  ],
  [
    POLICY + item({ ...GOOD, aprover: 'bob' }),
    FIRST_LINE + 4,
    9,
    /`aprover` is not a key .*Did you mean `approver`/s,
  ],
];

testRefusals([...APPROVALS, ...FREEZE, ...KEYS, ...LOGINS, ...WAIVERS, ...BETWEEN]);
