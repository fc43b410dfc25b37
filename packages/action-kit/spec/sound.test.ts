import { expect, test } from 'vitest';
import { integer, text } from './kinds.ts';
import { sample } from './sample.fixture.ts';
import { unsound } from './sound.ts';

test('a sound spec', () => {
  expect(unsound(sample)).toEqual([]);
});

test('what is wrong with a spec is found before a user finds it', () => {
  const problems = unsound({
    ...sample,
    inputs: {
      ...sample.inputs,
      Retries: integer({ about: 'x', default: 'three' }),
      json: text({ about: 'x', required: true, default: 'y' }),
    },
    examples: [{ title: 'Wrong', inputs: { gate: 'x' } }],
  });
  expect(problems).toEqual([
    'Retries is no name',
    'Retries: three must be a whole number such as 2, not "three"',
    '--json is a flag of every command',
    'json is required and has a default',
    'Wrong: gate is no input',
    'Wrong: model is required: The model.',
    'Wrong: Retries must be a whole number such as 2, not "three".',
  ]);
});
