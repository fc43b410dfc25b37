import { expect, test } from 'vitest';
import { one, readText, unusable, values } from './reading.fixture.ts';
import { EVAL_RESULTS } from './texts.fixture.ts';

test('a value is named by its dataset and its task', async () => {
  const reading = await readText(EVAL_RESULTS, '.eval_results/a.yaml');
  expect(values(reading)).toEqual({ 'Idavidrein/gpqa.diamond': 0.42 });
  expect(unusable(reading)).toEqual({ 'cais/hle': 'the text "high"' });
  expect(one(reading, 'Idavidrein/gpqa.diamond')).toMatchObject({
    conditions: { dataset: 'Idavidrein/gpqa, revision abc', task: 'diamond' },
    origin: { at: '/0/value' },
  });
});

test('one entry without a dataset, and it is another kind of list', async () => {
  await expect(readText(`${EVAL_RESULTS}- value: 1\n`, 'a.yaml')).rejects.toThrow(
    'The file holds a list; expected a map of metrics.',
  );
});
