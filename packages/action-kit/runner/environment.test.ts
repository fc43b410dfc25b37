import { expect, test } from 'vitest';
import { sample } from '../spec/sample.fixture.ts';
import { givenInputs } from './environment.ts';

test('inputs by their names, as the runner writes them', () => {
  const { raw, problems, warnings } = givenInputs(sample, {
    INPUT_MODEL: 'gpt',
    'INPUT_DRY-RUN': 'true',
    PATH: '/bin',
  });
  expect(raw.get('model')).toBe('gpt');
  expect(raw.get('dry-run')).toBe('true');
  expect(raw.get('version')).toBe('');
  expect(problems).toEqual([]);
  expect(warnings).toEqual([]);
});

test('a near miss is an error, another unknown name a warning', () => {
  const { problems, warnings } = givenInputs(sample, { INPUT_GATE: 'x', INPUT_COLOUR: 'red' });
  expect(problems).toEqual([
    { message: '`gate` is no input of sample.', hint: 'Did you mean `gates`?' },
  ]);
  expect(warnings).toEqual(['`colour` is no input of sample, and is not read.']);
});

test('a hostile name is shown, not obeyed', () => {
  const { warnings } = givenInputs(sample, { 'INPUT_X\n::ADD-MASK::1': '' });
  expect(warnings[0]).toContain('`x\\u{a}::add-mask::1`');
});
