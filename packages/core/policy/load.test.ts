import { expect, test } from 'vitest';
import { USUAL_KEYS } from '../cluster/serving.ts';
import { InputError, type Problem } from '../errors.ts';
import { MOST_YAML_BYTES } from '../yaml/limits.ts';
import { MODEL_DEFAULTS } from './defaults.ts';
import { loadPolicy } from './load.ts';

const DESIGN = `# yaml-language-server: $schema=https://example.com/passmuster.schema.json
registry: https://mlflow.example.com           # default: MLFLOW_TRACKING_URI
models:
  gpt-custom:
    gates:
      - perplexity <= 12.5
      - warn: mmlu_accuracy >= champion - 0.01
    evaluations: [eval/results_*.json]
environments:
  staging:    { stage: Staging }
  production:
    after: staging
    stage: Production
    alias: champion
    approvals: 2
    configmap: ml-production/llm-model-versions
    gates: [latency_p95_ms <= 250, { warn: 'cost <= champion' }]
`;

const at = (line: number, column: number) => ({ file: 'passmuster.yaml', line, column });

function problems(text: string): readonly Problem[] {
  try {
    loadPolicy(text, 'passmuster.yaml');
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  throw new Error('the policy was loaded');
}

test('the policy of the design', () => {
  const policy = loadPolicy(DESIGN, 'passmuster.yaml');
  expect(policy.file).toBe('passmuster.yaml');
  expect(policy.registry).toBe('https://mlflow.example.com');
  expect([...policy.models]).toEqual([
    [
      'gpt-custom',
      {
        gates: [
          { text: 'perplexity <= 12.5', level: 'fail', place: at(6, 9) },
          { text: 'mmlu_accuracy >= champion - 0.01', level: 'warn', place: at(7, 15) },
        ],
        evaluations: ['eval/results_*.json'],
        versioning: 'semantic',
        evidence: 'bound',
        bind: 'digest',
      },
    ],
  ]);
  expect([...policy.environments]).toEqual([
    [
      'staging',
      {
        stage: 'Staging',
        alias: 'staging',
        aliasGiven: false,
        approvals: { count: 0, authorCounts: false },
        gates: [],
        waivers: [],
        mayOverride: [],
      },
    ],
    [
      'production',
      {
        after: 'staging',
        stage: 'Production',
        alias: 'champion',
        aliasGiven: true,
        approvals: { count: 2, authorCounts: false },
        configmap: {
          place: { namespace: 'ml-production', name: 'llm-model-versions' },
          keys: USUAL_KEYS,
        },
        waivers: [],
        mayOverride: [],
        gates: [
          { text: 'latency_p95_ms <= 250', level: 'fail', place: at(17, 13) },
          { text: 'cost <= champion', level: 'warn', place: at(17, 44) },
        ],
      },
    ],
  ]);
});

test('a policy cannot be changed', () => {
  const policy = loadPolicy(DESIGN, 'passmuster.yaml');
  const model = policy.models.get('gpt-custom');
  const production = policy.environments.get('production');
  const parts = [policy, model, model?.gates, model?.gates[0], model?.evaluations, production];
  expect(parts.map(Object.isFrozen)).toEqual(parts.map(() => true));
});

const EXCEPTIONS = `models:
  m: { gates: [a <= 1] }
environments:
  production:
    approvals:
      count: 2
      from: { users: [alice], teams: [acme/ml] }
      author: true
      max-age: 30d
    gates: [b <= 1]
    waivers:
      - { gate: 'a <= 1 # for now', reason: flaky, approver: alice, until: 2026-12-31 }
      - gate: b <= 1
        reason: the data is late
        approver: Bob B.
        until: 2026-12-31T12:00:00Z
    freeze: { until: 2027-01-02, reason: holidays, pass: [alice] }
    may-override: [alice, octo_acme]
`;

test('approvals as a table, waivers, a freeze and who may override', () => {
  const { environments } = loadPolicy(EXCEPTIONS, 'passmuster.yaml');
  const production = environments.get('production');
  expect(production).toEqual({
    ...{ alias: 'production', aliasGiven: false },
    approvals: {
      count: 2,
      from: { users: ['alice'], teams: ['acme/ml'] },
      authorCounts: true,
      maxAge: 2_592_000_000,
    },
    gates: [{ text: 'b <= 1', level: 'fail', place: at(10, 13) }],
    waivers: [
      {
        ...{ gate: 'a <= 1', reason: 'flaky', approver: 'alice', until: '2026-12-31' },
        place: at(12, 9),
      },
      {
        ...{ gate: 'b <= 1', reason: 'the data is late', approver: 'Bob B.' },
        ...{ until: '2026-12-31T12:00:00Z', place: at(13, 9) },
      },
    ],
    freeze: { until: '2027-01-02', reason: 'holidays', pass: ['alice'] },
    mayOverride: ['alice', 'octo_acme'],
  });
  const { approvals, waivers, freeze, mayOverride } = production ?? {};
  const parts = [approvals, approvals?.from, approvals?.from?.users, approvals?.from?.teams];
  for (const part of [...parts, waivers, waivers?.[0], freeze, freeze?.pass, mayOverride]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});

test('what a table of approvals and a freeze need not say', () => {
  const text =
    'environments: { e: { approvals: { count: 1 }, freeze: { until: 2027-01-02, reason: r } } }';
  expect(loadPolicy(text, 'f').environments.get('e')).toMatchObject({
    approvals: { count: 1, authorCounts: false },
    freeze: { pass: [] },
  });
});

const WAIVER = '{ gate: x, reason: r, approver: a, until: 2026-12-31 }';

test.each([
  [101, '`environments.e.waivers` has 101 items; expected at most 100.'],
  [1_000, '`environments.e.waivers` has 1000 items; expected at most 100.'],
  [10_000, 'The file has more than 100000 words and signs.'],
])('%i waivers are one problem', (count, message) => {
  const told = problems(`environments: { e: { waivers: [${`${WAIVER},`.repeat(count)}] } }`);
  expect(told.map((problem) => problem.message)).toEqual([message]);
});

test('a reason of a megabyte is one problem, and not shown whole', () => {
  const long = WAIVER.replace(' r,', ` ${'r'.repeat(1_000_000)},`);
  const text = `models: { m: { gates: [x] } }\nenvironments: { e: { waivers: [${long}] } }`;
  const [first, ...more] = problems(text);
  expect(more).toEqual([]);
  expect(first?.message).toMatch(
    /^`environments\.e\.waivers\[0\]\.reason` is "r{60}…"; expected a text of at most 300/,
  );
  expect(JSON.stringify(first).length).toBeLessThan(1000);
});

test.each([
  ['environments: {}', 0],
  ['---\nenvironments: {}\n...\n# the end\n', 0],
  ['environments:\r\n  a: {}\r\n', 1],
  ['environments: { on: {}, yes: {}, no: {} }', 3],
  ['environments: { "true": { approvals: 1e1 } }', 1],
  ['environments:\n  ? a\n  : {}\n', 1],
])('%j is a policy with %i environments', (text, count) => {
  expect(loadPolicy(text, 'f').environments.size).toBe(count);
});

test('gates may be written over some lines, but are one line', () => {
  const { models } = loadPolicy('models:\n  m:\n    gates:\n      - a\n        <= 1\n', 'f');
  expect(models.get('m')?.gates).toEqual([
    { text: 'a <= 1', level: 'fail', place: { file: 'f', line: 4, column: 9 } },
  ]);
});

test('a model of which nothing is said has the defaults', () => {
  const { models } = loadPolicy('models: { m: {} }', 'f');
  expect(models.get('m')).toEqual(MODEL_DEFAULTS);
});

test('what is decided of evidence', () => {
  const text = 'models: { m: { evidence: unbound, bind: name, comparable: required } }';
  const said = { evidence: 'unbound', bind: 'name', comparable: 'required' };
  expect(loadPolicy(text, 'f').models.get('m')).toEqual({ ...MODEL_DEFAULTS, ...said });
});

test('names of JavaScript itself are not in the maps', () => {
  const { models } = loadPolicy('models: { valueOf: {}, toString: {} }', 'f');
  expect([...models.keys()]).toEqual(['valueOf', 'toString']);
  expect(models.has('hasOwnProperty')).toBe(false);
});

test('all that is wrong is told at once, from top to bottom', () => {
  const text = `registri: 1
models:
  m:
    gate: []
    gates: [&a x, *a, 010]
    gates: []
  <<: {}
environments:
  staging:
  production: { after: stagin, alias: staging, stage: production, approvals: 101 }
---
`;
  expect(problems(text).map(({ place, message }) => [place?.line, place?.column, message])).toEqual(
    [
      [1, 1, '`registri` is not a key that is known at the top of the document.'],
      [4, 5, '`gate` is not a key that is known in `models.m`.'],
      [5, 13, 'Anchors (`&name`) are not allowed here.'],
      [5, 19, 'Aliases (`*name`) are not allowed here.'],
      [5, 23, '`010` is a number, but not a plain decimal one.'],
      [6, 5, 'The key `gates` is written twice; the first is in line 5, column 5.'],
      [7, 3, 'Merge keys (`<<`) are not allowed here.'],
      [9, 3, '`environments.staging` is empty (null); expected a map.'],
      [10, 24, '`production` comes after `stagin`, which is no environment in this file.'],
      [
        10,
        39,
        '`production` has the alias `staging`, but `staging` has `staging` (line 9, column 3).',
      ],
      [
        10,
        55,
        '`environments.production.stage` is "production"; expected one of `Staging`, `Production`.',
      ],
      [10, 78, '`environments.production.approvals` is 101; expected an integer from 0 to 100.'],
      [11, 1, 'A second YAML document starts here; the file must hold one.'],
    ],
  );
});

test('more than a hundred problems are counted, not told', () => {
  const told = problems(`models: { m: { gates: [${'1,'.repeat(150)}] } }`);
  expect(told).toHaveLength(101);
  expect(told.at(-1)).toEqual({ message: 'There are more problems (50) that are not shown.' });
});

const padded = (bytes: number) => `environments: {}\n#${'é'.repeat((bytes - 18) / 2)}`;

test('1 MiB is read, one more byte is not', () => {
  expect(loadPolicy(padded(MOST_YAML_BYTES), 'f').environments.size).toBe(0);
  expect(problems(`${padded(MOST_YAML_BYTES)}.`)).toEqual([
    {
      message: 'The file has 1048577 bytes; expected at most 1048576 (1 MiB).',
      place: { file: 'passmuster.yaml' },
    },
  ]);
});

test.each([
  ['stage', 'Production', /`b` has the stage `Production`, but `a` has `Production` \(line 2/],
  ['configmap', 'ml/versions', /`b` has the configmap `ml\/versions`, but `a` has/],
  ['configmap', '{ name: ml/versions }', /`b` has the configmap `ml\/versions`, but `a` has/],
  ['alias', 'Live', /`b` has the alias `Live`, but `a` has/],
])('two environments do not share one %s', (key, value, message) => {
  const text = `environments:\n  a: { ${key}: ${value} }\n  b: { ${key}: ${value} }\n`;
  const [problem, ...more] = problems(text);
  expect(more).toEqual([]);
  expect(problem?.message).toMatch(message);
  expect(problem?.place?.line).toBe(3);
});
