import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFlags } from './flags.ts';
import { sample } from './sample.fixture.ts';

const read = (...args: string[]) => {
  const { raw, common, problems } = readFlags(sample, args);
  return { raw: Object.fromEntries(raw), common: [...common], problems };
};

test.each<[string[], Record<string, string>]>([
  [['--model', 'gpt'], { model: 'gpt' }],
  [['--model=gpt=2'], { model: 'gpt=2' }],
  [['--model='], { model: '' }],
  [['--gates', 'a >= 1', '--gates', 'b <= 2'], { gates: 'a >= 1\nb <= 2' }],
  [['--gates=a\nb'], { gates: 'a\nb' }],
  [['--dry-run', '--model', 'x'], { 'dry-run': 'true', model: 'x' }],
  [['--no-dry-run'], { 'dry-run': 'false' }],
  [['--dry-run=false'], { 'dry-run': 'false' }],
  [['--retries', '-1'], { retries: '-1' }],
])('%j', (args, raw) => {
  expect(read(...args)).toEqual({ raw, common: [], problems: [] });
});

test('flags of every command', () => {
  expect(read('--json', '-h', '--debug').common).toEqual(['json', 'help', 'debug']);
});

test.each<[string[], string, string]>([
  [['--gate', 'x'], '--gate is no flag of sample.', 'Did you mean --gates?'],
  [
    ['--kubeconfig', 'x'],
    '--kubeconfig is no flag of sample.',
    'passmuster sample --help lists them.',
  ],
  [['--jsn'], '--jsn is no flag of sample.', 'Did you mean --json?'],
  [['--model', 'a', '--model', 'b'], '--model is given twice.', 'Give it once.'],
  [['--model'], '--model needs a value.', '--model=… takes one that starts with a dash.'],
  [['--model', '--json'], '--model needs a value.', '--model=… takes one that starts with a dash.'],
  [['--no-model'], '--no-model is no flag of sample.', 'Did you mean --model?'],
  [
    ['--constructor', 'x'],
    '--constructor is no flag of sample.',
    'passmuster sample --help lists them.',
  ],
  [
    ['--no-constructor'],
    '--no-constructor is no flag of sample.',
    'passmuster sample --help lists them.',
  ],
  [['--Model', 'x'], '--Model is no flag of sample.', 'Did you mean --model?'],
  [['gpt'], '"gpt" is no flag.', 'Inputs are flags: passmuster sample --model gpt-custom'],
])('%j is wrong', (args, message, hint) => {
  expect(read(...args).problems[0]).toEqual({ message, hint });
});

test('no arguments make it throw, and only known names come out', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('--model', '--gates=1', '--no-dry-run'))),
      (args) => {
        for (const name of Object.keys(read(...args).raw))
          expect(sample.inputs).toHaveProperty([name]);
      },
    ),
  );
});
