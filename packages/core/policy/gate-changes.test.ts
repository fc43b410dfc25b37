import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { gateChanges } from './gate-changes.ts';
import { loadPolicy } from './load.ts';
import type { Policy } from './policy.ts';

interface Texts {
  readonly model?: string;
  readonly environment?: string;
}

/** A policy of one model and one environment, from what stands in their braces. */
const policy = ({ model = '', environment = '' }: Texts): Policy =>
  loadPolicy(
    `models: { m: { ${model} } }\nenvironments: { s: {}, prod: { ${environment} } }`,
    'passmuster.yaml',
  );

const changes = (before: Texts, after: Texts) =>
  gateChanges(policy(before), policy(after), 'm', 'prod');

test('a policy that stays as it is', () => {
  const same = { model: 'gates: [a <= 1, { warn: b <= 2 }]', environment: 'gates: [c <= 3]' };
  const { gates, diff, also } = changes(same, same);
  expect(gates.map(({ change, of, level, text }) => [change, of, level, text])).toEqual([
    ['same', 'model', 'fail', 'a <= 1'],
    ['same', 'model', 'warn', 'b <= 2'],
    ['same', 'environment', 'fail', 'c <= 3'],
  ]);
  expect([diff, also]).toEqual([[], []]);
});

test.each<[string, Texts, Texts, readonly string[]]>([
  [
    'loosens a threshold',
    { model: 'gates: [a <= 1, b <= 1]' },
    { model: 'gates: [a <= 9, b <= 1]' },
    ['@@ models.m.gates @@', '- a <= 1', '+ a <= 9'],
  ],
  [
    'lets a gate only warn',
    { environment: 'gates: [a <= 1]' },
    { environment: 'gates: [{ warn: a <= 1 }]' },
    ['@@ environments.prod.gates @@', '- a <= 1', '+ warn: a <= 1'],
  ],
  [
    'takes a gate out',
    { model: 'gates: [a <= 1, b <= 1]' },
    { model: 'gates: [b <= 1]' },
    ['@@ models.m.gates @@', '- a <= 1'],
  ],
  [
    'writes a gate once that stood there twice',
    { model: 'gates: [a <= 1, a <= 1]' },
    { model: 'gates: [a <= 1]' },
    ['@@ models.m.gates @@', '- a <= 1'],
  ],
  [
    'moves a gate to another place in its list',
    { model: 'gates: [a <= 1, b <= 1, c <= 1]' },
    { model: 'gates: [c <= 1, a <= 1, b <= 1]' },
    [],
  ],
  [
    'moves a gate from the model to the environment',
    { model: 'gates: [a <= 1]' },
    { environment: 'gates: [a <= 1]' },
    ['@@ models.m.gates @@', '- a <= 1', '@@ environments.prod.gates @@', '+ a <= 1'],
  ],
  [
    'changes several lists',
    { model: 'gates: [a <= 1, b <= 1], evaluations: [x.json, y.json]' },
    { model: 'gates: [b <= 1, c <= 1, d <= 1], evaluations: [z.json, y.json]' },
    [
      ...['@@ models.m.gates @@', '- a <= 1', '+ c <= 1', '+ d <= 1'],
      ...['@@ models.m.evaluations @@', '- x.json', '+ z.json'],
    ],
  ],
])('a pull request that %s', (_, before, after, diff) => {
  expect(changes(before, after).diff).toEqual(diff);
});

test('each gate has its places in the policies that it stands in', () => {
  const at = (text: string) => loadPolicy(text, 'p.yaml');
  const before = at('models:\n  m:\n    gates:\n      - gone <= 1\n      - kept <= 1\n');
  const after = at('models:\n  m:\n    gates:\n      - kept <= 1\n      - warn: new <= 1\n');
  const place = (line: number, column: number) => ({ file: 'p.yaml', line, column });
  expect(gateChanges(before, after, 'm', undefined).gates).toEqual([
    {
      ...{ change: 'removed', of: 'model', text: 'gone <= 1', level: 'fail' },
      inForce: place(4, 9),
    },
    {
      ...{ change: 'same', of: 'model', text: 'kept <= 1', level: 'fail' },
      ...{ inForce: place(5, 9), proposed: place(4, 9) },
    },
    {
      ...{ change: 'added', of: 'model', text: 'new <= 1', level: 'warn' },
      proposed: place(5, 15),
    },
  ]);
});

test.each<[string, Texts, Texts, readonly string[]]>([
  ['fewer approvals', { environment: 'approvals: 2' }, {}, ['approvals: 2 → 0']],
  [
    'looser approvals',
    { environment: 'approvals: 2' },
    { environment: 'approvals: { count: 1, author: true, max-age: 48h }' },
    [
      'approvals: 2 → 1',
      'approvals.author: does not count → counts',
      'approvals.max-age: none → 2d',
    ],
  ],
  [
    'approvals as a table',
    { environment: 'approvals: 2' },
    { environment: 'approvals: { count: 2 }' },
    [],
  ],
  [
    'a freeze',
    { environment: 'freeze: { until: 2026-12-31, reason: holidays }' },
    {},
    ['freeze.until: 2026-12-31 → none', 'freeze.reason: holidays → none'],
  ],
  ['another way', { environment: 'after: s' }, {}, ['after: s → none']],
  ['another alias', {}, { environment: 'alias: champion' }, ['alias: prod → champion']],
  ['the same alias, written out', {}, { environment: 'alias: prod' }, []],
  ['a stage', {}, { environment: 'stage: Production' }, ['stage: none → Production']],
  ['a ConfigMap', {}, { environment: 'configmap: a/b' }, ['configmap: none → a/b']],
  [
    'a key of a ConfigMap',
    { environment: 'configmap: a/b' },
    { environment: 'configmap: { name: a/b, keys: { current_version: MODEL } }' },
    ['configmap.keys.current_version: none → MODEL'],
  ],
  [
    'the base of the artifacts',
    { environment: 'configmap: a/b' },
    { environment: 'configmap: { name: a/b, model-registry-url: "s3://m" }' },
    ['configmap.model-registry-url: none → s3://m'],
  ],
  ['any evidence', {}, { model: 'evidence: unbound' }, ['evidence: bound → unbound']],
  ['a looser bond', {}, { model: 'bind: name' }, ['bind: digest → name']],
  ['less to prove', { model: 'comparable: required' }, {}, ['comparable: required → none']],
  ['other names', {}, { model: 'versioning: commit' }, ['versioning: semantic → commit']],
])('what else changes: %s', (_, before, after, also) => {
  const found = changes(before, after);
  expect(found.also.map(({ key, from, to }) => `${key}: ${from} → ${to}`)).toEqual(also);
  expect(found.diff).toEqual([]);
});

test('what concerns another model or environment is left out', () => {
  const after = loadPolicy(
    'models: { m: {}, n: { gates: [a <= 1], evidence: unbound } }\nenvironments: { s: { approvals: 3, gates: [b <= 1] }, prod: {} }',
    'p',
  );
  const nothing = { gates: [], diff: [], also: [] };
  expect(gateChanges(policy({}), after, 'm', 'prod')).toEqual(nothing);
  expect(gateChanges(policy({}), after, 'm', undefined)).toEqual(nothing);
});

test('without an environment, only what is decided for the model', () => {
  const before = policy({ environment: 'approvals: 2, gates: [a <= 1]' });
  const { gates, diff, also } = gateChanges(before, policy({}), 'm', undefined);
  expect([gates, diff, also]).toEqual([[], [], []]);
});

const FULL = policy({ model: 'gates: [a <= 1], evidence: unbound', environment: 'approvals: 2' });

test.each<[string, Policy | undefined]>([
  ['the file', undefined],
  ['what is said of them', loadPolicy('{}', 'p')],
])('a pull request that removes %s', (_, proposed) => {
  const { gates, diff, also } = gateChanges(FULL, proposed, 'm', 'prod');
  expect(gates.map(({ change }) => change)).toEqual(['removed']);
  expect(diff).toEqual(['@@ models.m.gates @@', '- a <= 1']);
  expect(also).toEqual([
    { key: 'models.m', from: 'there', to: 'not there' },
    { key: 'environments.prod', from: 'there', to: 'not there' },
  ]);
});

test('a pull request that brings both, and is looser than the defaults', () => {
  const { diff, also } = gateChanges(undefined, FULL, 'm', 'prod');
  expect(diff).toEqual(['@@ models.m.gates @@', '+ a <= 1']);
  expect(also).toEqual([
    { key: 'models.m', from: 'not there', to: 'there' },
    { key: 'evidence', from: 'bound', to: 'unbound' },
    { key: 'environments.prod', from: 'not there', to: 'there' },
    { key: 'approvals', from: '0', to: '2' },
  ]);
});

test('another address of the registry', () => {
  const [before, after] = ['https://a', `https://b/${'x'.repeat(500)}`].map((address) =>
    loadPolicy(`registry: ${address}`, 'p'),
  );
  const { also } = gateChanges(before, after, 'm', 'prod');
  expect(also).toEqual([{ key: 'registry', from: 'https://a', to: expect.stringMatching(/x…$/) }]);
});

/** Texts that mean something to YAML, Markdown, a diff or a runner, as far as the policy takes them. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'a <= 1',
        'b <= 1',
        '```',
        '@@',
        '- ',
        '+ ',
        '::error::',
        '##[error]',
        '|',
        '<b>',
      ),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join('').replaceAll(/[\p{C}\u2028\u2029]/gu, ''))
  .filter((text) => /\S/u.test(text));
const gate = fc.oneof(hostile, fc.record({ warn: hostile }));
const lists = fc.record({ model: fc.array(gate), environment: fc.array(gate) });

const quoted = (gates: readonly unknown[]): string => `gates: ${JSON.stringify(gates)}`;
const said = (gates: readonly { readonly level: string; readonly text: string }[]) =>
  gates.map(({ level, text }) => `${level} ${text}`).sort();

test('every gate of both policies is told, once, and nothing becomes a line of its own', () => {
  const property = fc.property(lists, lists, (one, other) => {
    const [before, after] = [one, other].map(({ model, environment }) =>
      policy({ model: quoted(model), environment: quoted(environment) }),
    );
    const { gates, diff } = gateChanges(before, after, 'm', 'prod');
    const all = (found: Policy | undefined) =>
      [...(found?.models.values() ?? []), ...(found?.environments.values() ?? [])].flatMap(
        (part) => part.gates,
      );
    expect(said(gates.filter(({ inForce }) => inForce))).toEqual(said(all(before)));
    expect(said(gates.filter(({ proposed }) => proposed))).toEqual(said(all(after)));
    const changed = gates.filter(({ change }) => change !== 'same').length;
    const lines = diff.filter((line) => !line.startsWith('@@ '));
    expect(lines).toHaveLength(changed);
    for (const line of diff) expect(line).toMatch(/^(?:[-+] |@@ )[^\p{C}\u2028\u2029]*$/u);
  });
  fc.assert(property, rounds(2000));
});

test('gates in another order are the same gates', () => {
  const shuffled = fc
    .array(gate, { minLength: 1 })
    .chain((gates) =>
      fc.tuple(
        fc.constant(gates),
        fc.shuffledSubarray(gates, { minLength: gates.length, maxLength: gates.length }),
      ),
    );
  const property = fc.property(shuffled, ([before, after]) => {
    const found = changes({ model: quoted(before) }, { model: quoted(after) });
    expect(found.diff).toEqual([]);
    expect(found.gates.every(({ change }) => change === 'same')).toBe(true);
  });
  fc.assert(property, rounds(1000));
});
