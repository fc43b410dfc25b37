import { InputError } from '@passmuster/core/errors.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import { readText } from './reading.fixture.ts';

test.each([
  ['r.json', '{"model": "m", "version": 7}', { model: 'm', version: '7' }],
  [
    'r.json',
    '\ufeff{"model_name": "m", "model_version": "v1.0.0"}',
    { model: 'm', version: 'v1.0.0' },
  ],
  ['r.yaml', 'registered_model: m\nnumber: 7\nacc: 0.5', { model: 'm', version: '7' }],
  [
    'r.json',
    '{"model": "m", "model_name": "m", "version": "7", "number": 7}',
    { model: 'm', version: '7' },
  ],
  ['r.json', '{"version": 7}', { version: '7' }],
  ['r.json', '{"digest": "sha256:a"}', { digest: 'sha256:a' }],
  ['r.yaml', 'root_digest: sha256:a\nmodel_digest: sha256:a', { digest: 'sha256:a' }],
  ['r.json', '{"model": "m", "digest": "a", "root_digest": "b"}', { model: 'm' }],
  ['r.json', '{"model": "m", "version": null}', { model: 'm' }],
])('%s, %s: what it is about', async (path, text, names) => {
  expect((await readText(text, path)).names).toEqual(names);
});

test.each([
  ['two models', '{"model": "m", "registered_model": "n"}'],
  ['two versions', '{"version": 7, "model_version": "8"}'],
  ['a model that is a map', '{"model": {"name": "m"}}'],
  ['a name beside a map', '{"model": {"name": "m"}, "model_name": "m"}'],
  ['a version in a list', '{"version": [7]}'],
  ['half a version', '{"version": 7.5}'],
  ['more than a version can be', '{"version": 12345678901234567890}'],
  ['two digests', '{"digest": "sha256:a", "model_digest": "sha256:b"}'],
  ['a digest that is a number', '{"digest": 7}'],
  ['a digest below the top', '{"config": {"root_digest": "sha256:a"}}'],
  ['a digest in a text', '{"note": "root_digest: sha256:a"}'],
  ['an empty name', '{"model": ""}'],
  ['a name below the top', '{"config": {"model": "m", "version": 7}}'],
  ['what every object has', '{"constructor": "m"}'],
])('%s names nothing', async (_, text) => {
  expect(await readText(text)).not.toHaveProperty('names');
});

test('a version that is written twice is refused with the file', async () => {
  const reading = readText('{"model": "m", "version": 7, "version": 8}');
  await expect(reading).rejects.toThrow(InputError);
});

test('a file is about a version only if each name that it has says that one', async () => {
  const keys = fc.constantFrom('version', 'model_version', 'number');
  const value = fc.oneof(fc.constantFrom<unknown>(7, '7', 8), fc.jsonValue());
  const property = fc.asyncProperty(fc.dictionary(keys, value), async (document) => {
    const { names } = await readText(JSON.stringify(document));
    const said = Object.values(document);
    const isSeven = said.length > 0 && said.every((one) => one === 7 || one === '7');
    expect(names?.version === '7').toBe(isSeven);
  });
  await fc.assert(property, rounds(1_000));
});
