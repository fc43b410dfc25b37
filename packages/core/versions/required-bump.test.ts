import { expect, test } from 'vitest';
import type { Dataset, Facts } from './facts.ts';
import { requiredBump } from './required-bump.ts';

const wiki: Dataset = { name: 'wiki', version: '2024', digest: `sha256:${'a'.repeat(64)}` };
const chats: Dataset = { name: 'chats', version: '3', digest: `md5:${'b'.repeat(32)}.dir` };

const V1: Facts = {
  baseModel: { name: 'llama', version: '3', digest: 'sha256:1' },
  architecture: 'LlamaForCausalLM',
  datasets: [wiki, chats],
  training: 'run-1',
  configuration: 'sha256:c',
};

const without = (key: keyof Facts): Facts => {
  const { [key]: _, ...facts } = { ...V1 };
  return { datasets: [], ...facts };
};

test.each<[string, Facts, Facts, string, readonly RegExp[]]>([
  ['nothing', V1, { ...V1 }, 'none', []],
  ['the order of data', V1, { ...V1, datasets: [chats, wiki] }, 'none', []],
  ['a label of data', V1, { ...V1, datasets: [{ ...wiki, version: '1' }, chats] }, 'none', []],
  [
    'another base model',
    V1,
    { ...V1, baseModel: { name: 'mistral' } },
    'major',
    [/was `llama \(3\)` and is `mistral`/],
  ],
  [
    'another version of it',
    { ...V1, baseModel: { name: 'llama', version: '3' } },
    { ...V1, baseModel: { name: 'llama', version: '4' } },
    'major',
    [/was `llama \(3\)` and is `llama \(4\)`/],
  ],
  [
    'other bytes of it',
    V1,
    { ...V1, baseModel: { name: 'llama', version: '3', digest: 'sha256:2' } },
    'major',
    [/`llama \(3\)` has another digest/],
  ],
  [
    'another name for its bytes',
    V1,
    { ...V1, baseModel: { name: 'Llama 3', digest: 'sha256:1' } },
    'none',
    [],
  ],
  [
    'a digest that was not known',
    { ...V1, baseModel: { name: 'llama' } },
    { ...V1, baseModel: { name: 'llama', version: '3', digest: 'sha256:1' } },
    'none',
    [],
  ],
  [
    'a digest that is no longer known',
    V1,
    { ...V1, baseModel: { name: 'llama', version: '3' } },
    'major',
    [/or none any more/],
  ],
  ['no base model any more', V1, without('baseModel'), 'major', [/no longer names a base model/]],
  ['a base model now', without('baseModel'), V1, 'major', [/now has a base model, `llama \(3\)`/]],
  [
    'another architecture',
    V1,
    { ...V1, architecture: 'MoE' },
    'major',
    [/was `LlamaForCausalLM` and is `MoE`/],
  ],
  ['an architecture not known before', without('architecture'), V1, 'none', []],
  ['an architecture not known now', V1, without('architecture'), 'major', [/not known any more/]],
  [
    'data added, gone and changed',
    { ...V1, datasets: [wiki, chats] },
    {
      ...V1,
      datasets: [
        { ...wiki, digest: 'sha256:2' },
        { ...chats, name: 'mails' },
      ],
    },
    'minor',
    [/`wiki` changed/, /`mails` is new/, /`chats` is gone/],
  ],
  ['no data any more', V1, without('datasets'), 'minor', [/`wiki` is gone/, /`chats` is gone/]],
  ['another training', V1, { ...V1, training: 'run-2' }, 'minor', [/trained anew/]],
  ['a training not known now', V1, without('training'), 'minor', [/trained anew/]],
  ['a training not known before', without('training'), V1, 'none', []],
  ['configuration', V1, { ...V1, configuration: 'sha256:d' }, 'patch', [/configuration changed/]],
  [
    'all of it',
    V1,
    { baseModel: { name: 'x' }, architecture: 'y', datasets: [], training: 'z' },
    'major',
    [/base model/, /architecture/],
  ],
])('%s', (_, before, after, level, reasons) => {
  const required = requiredBump(before, after);
  expect(required.level).toBe(level);
  expect(required.reasons).toEqual(reasons.map((reason) => expect.stringMatching(reason)));
});

test('names from outside are shown harmless', () => {
  const [reason] = requiredBump(V1, {
    ...V1,
    baseModel: { name: 'a\u202eb\n::warning::' },
  }).reasons;
  expect(reason).toContain('a\\u{202e}b\\u{a}::warning::');
});
