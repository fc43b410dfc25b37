import { expect, test } from 'vitest';
import { type Step, standOf, stepFrom } from './step.ts';

const STEP: Step = { kind: 'alias', place: 'champion', before: '', after: '2' };

test.each([
  ['', 'before'],
  ['2', 'after'],
  ['3', 'foreign'],
  ['02', 'foreign'],
  [' ', 'foreign'],
] as const)('%j stands %s', (value, stand) => {
  expect(standOf(STEP, value)).toBe(stand);
});

test('a step is read as it was written, without what else was there', () => {
  expect(stepFrom({ ...STEP, more: 1 })).toEqual(STEP);
  expect(stepFrom(JSON.parse(JSON.stringify(STEP)))).toEqual(STEP);
});

test.each([
  [undefined],
  [null],
  ['alias'],
  [7],
  [[]],
  [{}],
  [{ ...STEP, before: undefined }],
  [{ ...STEP, before: null }],
  [{ ...STEP, after: 2 }],
  [{ ...STEP, place: ['champion'] }],
  [{ ...STEP, before: '2' }],
])('%j is no step', (value) => {
  expect(stepFrom(value)).toBeUndefined();
});
