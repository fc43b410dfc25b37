import { InputError } from '@passmuster/core/errors.ts';
import { expect, test } from 'vitest';
import { metricsListed } from './dvc-yaml.ts';

const listed = (text: string) => metricsListed(new TextEncoder().encode(text), 'dvc.yaml');

test('paths on top, of stages, in their folders, and of repeated stages', async () => {
  const text = `
metrics:
  - ./all.json
  - eval/a.json
stages:
  train:
    cmd: python train.py
    metrics:
      - eval/a.json
      - eval/b.yaml:
          cache: false
  test:
    wdir: sub
    metrics: [m.json, ../up.json]
  each:
    foreach: [a, b]
    do:
      metrics: ['metrics/\${item}.json']
`;
  expect(await listed(text)).toEqual({
    paths: ['all.json', 'eval/a.json', 'eval/b.yaml', 'sub/m.json', 'up.json'],
    templates: [`metrics/\${item}.json`],
  });
});

test.each([
  'stages: {}',
  'metrics: all.json',
  'a: 1',
  '- 1',
  'stages: [1]',
  'metrics: [1, [2], null]',
])('%j lists nothing', async (text) => {
  expect(await listed(text)).toEqual({ paths: [], templates: [] });
});

test('what is no YAML is refused', async () => {
  await expect(listed('a: [')).rejects.toThrow(InputError);
});
