import { expect, test } from 'vitest';
import { one, readText, unusable, values } from './reading.fixture.ts';
import { MODEL_CARD } from './texts.fixture.ts';

test('a metric is named by dataset and type; a second split makes slices', async () => {
  const reading = await readText(MODEL_CARD, 'README.md');
  expect(values(reading)).toEqual({
    'glue/sst2.accuracy': 0.93,
    'imdb.accuracy [split=test]': 91.5,
    'imdb.accuracy [split=train]': 99.5,
  });
  expect(unusable(reading)).toEqual({ 'glue/sst2.f1': 'the text "93.1"' });
  expect(one(reading, 'glue/sst2.accuracy')).toMatchObject({
    conditions: { dataset: 'glue/sst2, validation, revision abc123' },
    origin: { at: '/model-index/0/results/0/metrics/0/value' },
  });
});

test('nothing is read from the text below', async () => {
  const reading = await readText('---\nlicense: mit\n---\n---\nmodel-index: []\n', 'README.md');
  expect(reading).toEqual({
    measured: [],
    unusable: [],
    remarks: ['The front matter of the card has no `model-index`.'],
  });
});

test('a card is one by its content', async () => {
  expect(await readText(MODEL_CARD, 'card')).toEqual(
    JSON.parse(
      JSON.stringify(await readText(MODEL_CARD, 'README.md')).replaceAll('README.md', 'card'),
    ),
  );
});

test('a mistake in the front matter is placed in the file', async () => {
  const broken = '---\r\nlicense: mit\r\nlicense: gpl\r\n---\r\n# Card';
  await expect(readText(broken, 'README.md')).rejects.toMatchObject({
    problems: [{ place: { file: 'README.md', line: 3, column: 1 } }],
  });
  await expect(readText('# A card', 'README.md')).rejects.toThrow('has no front matter');
});
