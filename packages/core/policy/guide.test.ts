import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { USUAL_KEYS } from '../cluster/serving.ts';
import { loadPolicy } from './load.ts';
import { policySchema } from './schema.ts';

const guide = await readFile(new URL('../../../docs/policy.md', import.meta.url), 'utf8');
const [first = '', configMap = '', exceptions = ''] = Array.from(
  guide.matchAll(/```yaml\n(.*?)```/gs),
  ([, example = '']) => example,
);

test('the example in the guide is a good policy', () => {
  const { models, environments } = loadPolicy(first, 'docs/policy.md');
  expect(models.get('gpt-custom')?.gates).toHaveLength(3);
  expect(environments.get('production')).toMatchObject({
    after: 'staging',
    approvals: { count: 2 },
  });
});

test('so is the one of a ConfigMap', () => {
  const { environments } = loadPolicy(configMap, 'docs/policy.md');
  const { configmap } = environments.get('production') ?? {};
  expect(configmap?.place.namespace).toMatch(/./);
  expect(configmap?.keys).not.toEqual(USUAL_KEYS);
});

test('so is the one of exceptions', () => {
  const { environments } = loadPolicy(exceptions, 'docs/policy.md');
  expect(environments.get('production')).toMatchObject({
    approvals: { count: 2, from: { teams: ['acme/ml'] } },
    waivers: [{ gate: 'latency_p95_ms <= 250' }],
    freeze: { pass: ['alice'] },
    mayOverride: ['alice'],
  });
});

interface Schema {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly additionalProperties: Schema;
  readonly anyOf: readonly Schema[];
}

const { models, environments } = (policySchema() as unknown as Schema).properties;
const ofEnvironment = environments?.additionalProperties.properties ?? {};
const keys = [
  ...Object.keys(models?.additionalProperties.properties ?? {}).map(
    (key) => `models.<name>.${key}`,
  ),
  ...Object.keys(ofEnvironment).map((key) => `environments.<name>.${key}`),
  ...Object.keys(ofEnvironment['approvals']?.anyOf[1]?.properties ?? {}).map(
    (key) => `….approvals.${key}`,
  ),
];

test.each(keys)('%s has a row of its own in the guide', (key) => {
  expect(guide).toContain(`\n| \`${key}\` |`);
});
