import { expect, expectTypeOf, test } from 'vitest';
import { meantInput, readInputs } from './read.ts';
import { sample } from './sample.fixture.ts';
import type { InputsOf, OutputsOf } from './verb.ts';

function read(given: Record<string, string>) {
  const reading = readInputs(sample, new Map(Object.entries(given)), (name) => `\`${name}\``);
  return 'problems' in reading
    ? { inputs: undefined, problems: reading.problems }
    : { inputs: reading.inputs, problems: [] };
}

test('typed values, with defaults where nothing is given', () => {
  const { inputs, problems } = read({ model: ' gpt ', gates: 'a\nb', version: '' });
  expect(problems).toEqual([]);
  expect(inputs).toEqual({
    model: 'gpt',
    version: undefined,
    gates: ['a', 'b'],
    evidence: 'bound',
    retries: 3,
    'github-token': undefined,
    registry: undefined,
    wait: 600_000,
    'dry-run': false,
  });
});

test('all that is wrong is said at once, each naming its input', () => {
  const { problems } = read({ evidence: 'Bound', retries: '-1', registry: 'mlflow', wait: 'long' });
  expect(problems.map(({ message }) => message)).toEqual([
    '`model` is required: The model.',
    '`evidence` must be bound or unbound, not "Bound".',
    '`retries` must be at least 0, not -1.',
    '`registry` must be an address that starts with `https://` or `http://`, without `?` and `#`; or `embedded:` and the path of a file.',
    '`wait` must be a duration such as 90s, 10m or 1h30m, not "long".',
  ]);
  expect(problems[0]?.hint).toBe('Set it, for example gpt-custom.');
});

test('a near miss is known', () => {
  expect(meantInput(sample, 'gate')).toBe('gates');
  expect(meantInput(sample, 'dry_run')).toBe('dry-run');
  expect(meantInput(sample, 'kubeconfig')).toBeUndefined();
});

test('the types follow from the spec', () => {
  expectTypeOf<InputsOf<typeof sample>['model']>().toEqualTypeOf<string>();
  expectTypeOf<InputsOf<typeof sample>['version']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<InputsOf<typeof sample>['gates']>().toEqualTypeOf<readonly string[]>();
  expectTypeOf<InputsOf<typeof sample>['evidence']>().toEqualTypeOf<'bound' | 'unbound'>();
  expectTypeOf<InputsOf<typeof sample>['retries']>().toEqualTypeOf<number>();
  expectTypeOf<InputsOf<typeof sample>['wait']>().toEqualTypeOf<number>();
  expectTypeOf<InputsOf<typeof sample>['dry-run']>().toEqualTypeOf<boolean>();
  expectTypeOf<keyof OutputsOf<typeof sample>>().toEqualTypeOf<'verdict'>();
});
