import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { InputError } from '../errors.ts';
import type { JsonSchema } from '../shape/shape.ts';
import { loadPolicy } from './load.ts';
import { policySchema } from './schema.ts';

const accepts = new Ajv({ strict: true, allErrors: true }).compile(policySchema());

function loads(text: string): boolean {
  try {
    loadPolicy(text, 'f');
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

const WAIVING =
  'models: { m: { gates: [x <= 1] } }\nenvironments: { a: { waivers: [{ gate: x <= 1, reason: flaky, approver: Ann B., until:';

const GOOD = [
  '{}',
  'environments: { production: {} }',
  'registry: http://localhost:5000',
  'registry: https://mlflow.example.com/team/a',
  'registry: embedded:registry.db',
  'registry: "embedded:/var/lib/a b/registry@1.db"',
  'models: { gpt-custom: {} }',
  'models: { "a b/c:1.2 (é)": { gates: [], evaluations: [] } }',
  'models: { "2024": { gates: [a <= 1, { warn: b >= champion - 0.01 }] } }',
  'models: { m: { gates: [\'metrics["toxicity/v1/mean"] <= 0.1\'] } }',
  'models: { m: { evaluations: ["eval/**/*.json", ..a/b, a..b] } }',
  `models: { m: { gates: [${'x'.repeat(1000)}] } }`,
  `models: { m: { gates: ["${'🎉'.repeat(1000)}"] } }`,
  'models: { a: { versioning: semantic }, b: { versioning: commit }, c: { versioning: timestamp } }',
  'models: { a: { evidence: bound }, b: { evidence: unbound } }',
  'models: { a: { bind: digest }, b: { bind: name, comparable: required } }',
  'environments: { a: {}, b: { after: a }, c: { after: b } }',
  'environments: { a: { stage: Staging }, b: { stage: Production } }',
  'environments: { a: { alias: Champion_2-x }, b: { alias: v1x }, c: { alias: 冠军 } }',
  'environments: { a: { approvals: 0 }, b: { approvals: 100 }, c: { approvals: 2.0 } }',
  'environments: { a: { configmap: ml-production/llm.model-versions } }',
  `environments: { a: { configmap: ${'n'.repeat(63)}/${'m'.repeat(253)} } }`,
  'environments: { a: { gates: [x <= 1, { warn: y <= 1 }] } }',
  'environments: { a: { approvals: { count: 1 } }, b: { approvals: { count: 100, author: true } } }',
  'environments: { a: { approvals: { count: 1, max-age: 12h, from: { users: [alice] } } } }',
  'environments: { a: { approvals: { count: 9, max-age: 9999d, from: { teams: [a-b/c_d] } } } }',
  `${WAIVING} 2026-12-31 }] } }`,
  `${WAIVING} 2028-02-29T23:59Z }] } }`,
  'environments: { a: { waivers: [], may-override: [] } }',
  'environments: { a: { freeze: { until: 2026-12-31, reason: holidays } } }',
  'environments: { a: { freeze: { until: 2026-12-31, reason: r, pass: [alice, octo_acme] } } }',
  'environments: { a: { may-override: [alice, A-1] } }',
];

const BAD = [
  '[]',
  'text',
  'registri: https://a',
  'registry: 1',
  'registry: mlflow.example.com',
  'registry: https://user:pass@host',
  'registry: https://host?x',
  'registry: "embedded:"',
  'registry: embedded:../registry.db',
  'registry: embedded:a/',
  'registry: embedded:a\\b',
  'models: []',
  'models: { m: null }',
  'models: { m: { gate: [] } }',
  'models: { m: { gates: x } }',
  'models: { m: { gates: null } }',
  'models: { m: { gates: [""] } }',
  'models: { m: { gates: ["a\\nb"] } }',
  'models: { m: { gates: [1] } }',
  'models: { m: { gates: [{}] } }',
  'models: { m: { gates: [{ warn: "" }] } }',
  'models: { m: { gates: [{ warn: a, x: b }] } }',
  `models: { m: { gates: [${'x'.repeat(1001)}] } }`,
  'models: { m: { versioning: semver } }',
  'models: { m: { versioning: true } }',
  'models: { m: { evidence: any } }',
  'models: { m: { evidence: [bound] } }',
  'models: { m: { bind: number } }',
  'models: { m: { comparable: true } }',
  'models: { m: { comparable: optional } }',
  'models: { m: { evaluations: [../a] } }',
  'models: { m: { evaluations: [/a] } }',
  'models: { constructor: {} }',
  'models: { "": {} }',
  'models: { " a": {} }',
  'models: { "a\\tb": {} }',
  'environments: { 1a: {} }',
  'environments: { latest: {} }',
  'environments: { v12: {} }',
  'environments: { a: { after: 1 } }',
  'environments: { a: { stage: None } }',
  'environments: { a: { stage: Archived } }',
  'environments: { a: { stage: production } }',
  'environments: { a: { alias: LATEST } }',
  'environments: { a: { alias: v1 } }',
  'environments: { a: { alias: "" } }',
  'environments: { a: { alias: a.b } }',
  'environments: { a: { approvals: -1 } }',
  'environments: { a: { approvals: 101 } }',
  'environments: { a: { approvals: 1.5 } }',
  'environments: { a: { approvals: "2" } }',
  'environments: { a: { configmap: name } }',
  'environments: { a: { configmap: a/B } }',
  'environments: { a: { gates: x } }',
  'environments: { a: { unknown: x } }',
  'environments: { a: { approvals: {} } }',
  'environments: { a: { approvals: { count: 0 } } }',
  'environments: { a: { approvals: { count: 1, from: [alice] } } }',
  'environments: { a: { approvals: { count: 1, from: { users: ["@alice"] } } } }',
  'environments: { a: { approvals: { count: 1, from: { teams: [ml] } } } }',
  'environments: { a: { approvals: { count: 1, author: yes } } }',
  'environments: { a: { approvals: { count: 1, max-age: 30 } } }',
  'environments: { a: { approvals: { count: 1, max-age: 0d } } }',
  `${WAIVING} tomorrow }] } }`,
  `${WAIVING} 2026-12-31, from: 1 }] } }`,
  'environments: { a: { waivers: [x <= 1] } }',
  'environments: { a: { waivers: [{ gate: x <= 1, reason: " ", approver: a, until: 2026-12-31 }] } }',
  'environments: { a: { waivers: [{ gate: x <= 1, reason: r, approver: "", until: 2026-12-31 }] } }',
  'environments: { a: { waivers: [{ gate: x <= 1, approver: a, until: 2026-12-31 }] } }',
  'environments: { a: { freeze: true } }',
  'environments: { a: { freeze: { until: 2026-12-31 } } }',
  'environments: { a: { freeze: { until: 2026-12-31T12:00:00+01:00, reason: r } } }',
  'environments: { a: { may-override: alice } }',
  'environments: { a: { may-override: [a b] } }',
  `environments: { a: { may-override: [${'a,'.repeat(101)}] } }`,
];

test.each(GOOD)('%s passes loader and schema', (text) => {
  expect([loads(text), accepts(parse(text))]).toEqual([true, true]);
});

test.each(BAD)('%s passes neither loader nor schema', (text) => {
  expect([loads(text), accepts(parse(text))]).toEqual([false, false]);
});

/** Every schema within a schema, with the path to it. */
function subschemas(schema: JsonSchema, path = ''): [string, JsonSchema][] {
  const { properties = {}, additionalProperties, items, anyOf = [] } = schema;
  const inner = Object.entries({
    ...(properties as object),
    additionalProperties,
    items,
    ...(anyOf as object),
  });
  const within = inner.flatMap(([name, part]) =>
    typeof part === 'object' && part !== null
      ? subschemas(part as JsonSchema, `${path}/${name}`)
      : [],
  );
  return [[path, schema], ...within];
}

const parts = subschemas(policySchema());

test.each(parts)('%s has one sentence of description', (_, { description }) => {
  expect(description).toMatch(/^[A-Z][^\n]{10,160}\.$/);
});

test.each(parts)('%s has values to complete, which are good', (_, schema) => {
  const values = [schema['examples'] ?? schema['enum'] ?? []].flat();
  expect(values.length).toBeGreaterThan(0);
  const { $id: _id, ...part } = schema;
  expect(values.filter((value) => !new Ajv().validate(part, value))).toEqual([]);
});

test('the schema says where it lives and what stands for a key that is left out', () => {
  const schema = policySchema();
  expect(schema).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://raw.githubusercontent.com/passmuster/passmuster/v1/passmuster.schema.json',
    title: 'The policy of Passmuster: passmuster.yaml',
  });
  const defaults = parts.flatMap(([path, part]) =>
    'default' in part ? [[path, part['default']]] : [],
  );
  expect(defaults).toEqual([
    ['/models', {}],
    ['/models/additionalProperties/gates', []],
    ['/models/additionalProperties/evaluations', []],
    ['/models/additionalProperties/versioning', 'semantic'],
    ['/models/additionalProperties/evidence', 'bound'],
    ['/models/additionalProperties/bind', 'digest'],
    ['/environments', {}],
    ['/environments/additionalProperties/approvals', 0],
    ['/environments/additionalProperties/approvals/1/from/users', []],
    ['/environments/additionalProperties/approvals/1/from/teams', []],
    ['/environments/additionalProperties/approvals/1/author', false],
    ...['current_version', 'canary_version', 'canary_traffic_percentage', 'model_registry_url'].map(
      (key) => [`/environments/additionalProperties/configmap/1/keys/${key}`, key],
    ),
    ['/environments/additionalProperties/gates', []],
    ['/environments/additionalProperties/waivers', []],
    ['/environments/additionalProperties/freeze/pass', []],
    ['/environments/additionalProperties/may-override', []],
  ]);
});
