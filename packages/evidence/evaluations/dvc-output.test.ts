import { expect, test } from 'vitest';
import { readValue, unusable, values } from './reading.fixture.ts';
import { DVC_DIFF, DVC_SHOW } from './samples.fixture.ts';

test('of several revisions the workspace counts', async () => {
  const reading = await readValue(DVC_SHOW);
  expect(values(reading)).toEqual({ accuracy: 0.93, 'loss.test': 0.2 });
  expect(reading.measured[1]?.origin).toMatchObject({
    at: '//data/eval~1metrics.json/data/loss/test',
  });
  expect(reading.remarks).toEqual([
    'Of several revisions, only the values of the workspace are read.',
    'DVC could not read its metrics file "broken.json".',
  ]);
});

test.each(['workspace', '', 'main', 'constructor'])('the one revision %j counts', async (name) => {
  const reading = await readValue({ [name]: DVC_SHOW.main });
  expect(values(reading)).toEqual({ accuracy: 0.91 });
  expect(reading.remarks).toEqual([]);
});

test('several revisions without a workspace are not chosen between', async () => {
  const reading = await readValue({ main: DVC_SHOW.main, next: DVC_SHOW[''] });
  expect(reading.measured).toEqual([]);
  expect(unusable(reading)['accuracy']).toBe('of 2 revisions, none of them the workspace');
});

test('a revision or a file that DVC could not read is named', async () => {
  const reading = await readValue({ '': { error: { type: 'x' } }, main: DVC_SHOW.main });
  expect(reading.remarks.join()).toContain('could not read the revision');
  expect(reading.measured).toEqual([]);
});

test.each([
  ['as the program prints it', DVC_DIFF, '/eval~1metrics.json/loss.test/new'],
  ['as the library returns it', { diff: DVC_DIFF }, '/diff/eval~1metrics.json/loss.test/new'],
])('of a comparison the new values count, %s', async (_, diff, at) => {
  const reading = await readValue(diff);
  expect(values(reading)).toEqual({ 'loss.test': 0.2 });
  expect(unusable(reading)).toEqual({ gone: 'null' });
  expect(reading.measured[0]?.origin).toMatchObject({ at });
});
