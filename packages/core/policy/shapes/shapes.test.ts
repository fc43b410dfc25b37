import { type Refusal, testRefusals } from '../refusal.fixture.ts';

const ROOT: Refusal[] = [
  ['- a\n', 1, 1, /The document is a list; expected a map/],
  ['gates', 1, 1, /"gates"; expected a map/],
  ['~', 1, 1, /empty \(null\); expected a map/],
  ['model: {}', 1, 1, /`model` is not a key .* top of the document.*Did you mean `models`/s],
];

const REGISTRY: Refusal[] = (
  [
    ['https://user:pass@host', /without user name and password/, 'https://*********@host'],
    ['https://token@host', /without user name and password/, 'https://*****@host'],
    ['mlflow.example.com', /starts with `https:\/\/` or `http:\/\/`/],
    ['ftp://host', /starts with/],
    ['https://', /starts with/],
    ['https://host?token=x', /without `\?` and `#`/],
    ['https://host/#x', /without `\?` and `#`/],
    ['https:\\\\host', /starts with/],
    ['https://host:99999', /is no address; check its host and its port/],
    ['embedded:../r.db', /`embedded:registry\.db`.*without `\.\.`/],
    ['8080', /8080; expected a text/],
    [`https://${'h'.repeat(2000)}`, /at most 2000 characters/, `https://${'h'.repeat(52)}…`],
  ] as const
).map(([address, says, shown = address]) => [
  `registry: ${address}`,
  1,
  11,
  says,
  `registry: ${shown}`,
]);

const MODELS: Refusal[] = [
  ['models: []', 1, 9, /a list; expected a map/],
  ['models: { __proto__: {} }', 1, 11, /`models.__proto__` is a name that JavaScript keeps/],
  ['models: { constructor: {} }', 1, 11, /`models.constructor` is a name that JavaScript keeps/],
  ['models: { "": {} }', 1, 11, /empty text/],
  ['models: { " m": {} }', 1, 11, /without space around it/],
  ['models: { "a\\u200Bb": {} }', 1, 11, /"a\\u\{200b\}b"; expected one line/],
  ['models: { gрt: {} }', 1, 11, /mixes Latin .* Cyrillic ones \(U\+0440\)/],
  ['models: { αlpha: {} }', 1, 11, /mixes Latin .* Greek ones \(U\+03B1\)/],
  ['models: { ｍ: {} }', 1, 11, /holds U\+FF4D; expected its plain form/],
  ['models: { e\u0301: {} }', 1, 11, /not in its composed form/],
  ['models: { m: }', 1, 11, /empty \(null\).*Write `\{\}`/s],
  ['models: { m: { gate: [] } }', 1, 16, /`gate` is not .*Did you mean `gates`/s],
  ['models: { m: { x: [] } }', 1, 16, /Known here: `gates`, `evaluations`, `versioning`/],
  ['models: { m: { gates: a <= 1 } }', 1, 23, /expected a list.*one item a line/s],
  ['models:\n  m:\n    gates: |\n      x\n', 3, 12, /expected a list/],
];

const VERSIONING: Refusal[] = [
  ['models: { m: { versioning: Semantic } }', 1, 28, /Did you mean `semantic`/],
  ['models: { m: { versioning: semver } }', 1, 28, /one of `semantic`, `commit`, `timestamp`/],
  ['models: { m: { versionig: commit } }', 1, 16, /Did you mean `versioning`/],
];

const EVIDENCE: Refusal[] = [
  ['models: { m: { evidence: unbond } }', 1, 26, /Did you mean `unbound`/],
  ['models: { m: { evidence: any } }', 1, 26, /one of `bound`, `unbound`/],
  ['models: { m: { bind: Name } }', 1, 22, /Did you mean `name`/],
  ['models: { m: { bind: version } }', 1, 22, /one of `digest`, `name`/],
  ['models: { m: { comparable: true } }', 1, 28, /true; expected `required`/],
  ['models: { m: { comparable: require } }', 1, 28, /Did you mean `required`/],
  ['models: { m: { comparible: required } }', 1, 16, /Did you mean `comparable`/],
];

const GATES: Refusal[] = (
  [
    ['""', /empty text; expected a text of at most 1000 characters/],
    ['" "', /not blank/],
    ['"a\\nb"', /"a\\u\{a\}b"; expected one line/],
    ['"a\\ab"', /"a\\u\{7\}b"; expected one line/],
    ['"\\u202e"', /"\\u\{202e\}"; expected one line/],
    ['"\\uD800"', /"\\u\{d800\}"; expected one line/],
    ['12.5', /12\.5; expected a text, or a map with `warn`/],
    ['[x]', /a list; expected a text, or a map with `warn`/],
    ['{}', /has no `warn`/],
  ] as const
).map(([gate, says]) => [`models: { m: { gates: [${gate}] } }`, 1, 24, says]);

const WARNINGS: Refusal[] = [
  ['models: { m: { gates: [{ warn: x, wran: y }] } }', 1, 35, /Did you mean `warn`/],
  ['models: { m: { gates: [{ warn: 1 }] } }', 1, 32, /`models\.m\.gates\[0\]\.warn` is 1/],
];

const EVALUATIONS: Refusal[] = ['../x', 'a/../x', '/x', '"C:x"', 'a\\b'].map((glob) => [
  `models: { m: { evaluations: [${glob}] } }`,
  1,
  30,
  /below the root/,
]);

const ENVIRONMENT_NAMES: Refusal[] = (
  [
    ['1a', /starts with a letter/],
    ['a/b', /letters, digits, `-` and `_`/],
    ['Latest', /another name than `latest`/],
    ['v1', /another name than `latest`, or `v`/],
  ] as const
).map(([name, says]) => [`environments: { ${name}: {} }`, 1, 17, says]);

const ENVIRONMENTS: Refusal[] = (
  [
    ['stage', 'None', /one of `Staging`, `Production`/],
    ['stage', 'staging', /Did you mean `Staging`/],
    ['alias', 'latest', /another name than `latest`/],
    ['alias', 'V12', /another name than `latest`, or `v`/],
    ['alias', 'a b', /an alias of letters/],
    ['alias', '""', /an alias of letters/],
    ['alias', 'аlpha', /mixes Latin/],
    ['alias', 'a'.repeat(256), /at most 255/],
    ['configmap', 'name', /namespace\/name/],
    ['configmap', 'A/b', /namespace\/name/],
    ['configmap', 'a.b/c', /namespace\/name/],
    ['configmap', 'a/b/c', /namespace\/name/],
    ['configmap', 'a/-b', /namespace\/name/],
    ['configmap', 'a/b..c', /namespace\/name/],
    ['configmap', `${'a'.repeat(64)}/b`, /namespace\/name/],
    ['configmap', `a/${'b'.repeat(254)}`, /namespace\/name/],
    ['after', 'e', /`e` comes after itself/],
    ['after', 'x', /which is no environment in this file/],
    ['after', '1', /1; expected a text/],
  ] as const
).map(([key, value, says]) => {
  const before = `environments: { e: { ${key}: `;
  const shown = value.length > 60 ? `${before}${value.slice(0, 60)}…` : undefined;
  return [`${before}${value} } }`, 1, before.length + 1, says, shown];
});

const BETWEEN_ENVIRONMENTS: Refusal[] = [
  ['environments: { staging: {}, p: { after: Stagin } }', 1, 42, /Did you mean `staging`/],
  [
    'environments: { a: { after: c }, b: { after: a }, c: { after: b } }',
    1,
    46,
    /circle: `a`, `c`, `b`/,
  ],
  ['environments: { a: {}, b: { alias: a } }', 1, 36, /`a` has `a` \(line 1, column 17\)/],
  [
    'environments: { a: { alias: X }, b: { alias: x } }',
    1,
    46,
    /`a` has `X` \(line 1, column 29\)/,
  ],
];

testRefusals([
  ...ROOT,
  ...REGISTRY,
  ...MODELS,
  ...GATES,
  ...WARNINGS,
  ...EVALUATIONS,
  ...VERSIONING,
  ...EVIDENCE,
  ...ENVIRONMENT_NAMES,
  ...ENVIRONMENTS,
  ...BETWEEN_ENVIRONMENTS,
]);
