import { expect, test } from 'vitest';
import { compared } from './comparable.ts';
import type { Conditions, Measured } from './measured.ts';

const measured = (conditions: Conditions, samples?: number): Measured => ({
  metric: 'accuracy',
  value: 0.9,
  conditions,
  ...(samples !== undefined && { samples }),
  origin: { kind: 'run', id: 'r' },
});

const DATA = { dataset: 'mmlu@1' };

test.each<[string, Measured, Measured, string, string]>([
  ['the same data', measured(DATA), measured(DATA), 'alike', ''],
  [
    'the same digest',
    measured({ datasetDigest: 'a' }),
    measured({ datasetDigest: 'a' }),
    'alike',
    '',
  ],
  ['data and count', measured(DATA, 5), measured(DATA, 5), 'alike', ''],
  [
    'a count on one side',
    measured(DATA, 5),
    measured(DATA),
    'unproven',
    'the number of samples is not known for the champion',
  ],
  [
    'a digest on one side, under the same name',
    measured({ ...DATA, datasetDigest: 'a' }),
    measured(DATA),
    'unproven',
    'the digest of the data is not known for the champion',
  ],
  [
    'one digest under two names',
    measured({ dataset: 'a', datasetDigest: 'x' }),
    measured({ dataset: 'b', datasetDigest: 'x' }),
    'alike',
    '',
  ],
  [
    'a name on one side, beside the same digest',
    measured({ datasetDigest: 'x' }),
    measured({ ...DATA, datasetDigest: 'x' }),
    'unproven',
    'the name of the data is not known for the candidate',
  ],
  ...(['task', 'prompt', 'tool'] as const).map(
    (part): [string, Measured, Measured, string, string] => [
      `${part} on one side`,
      measured(DATA),
      measured({ ...DATA, [part]: 'x' }),
      'unproven',
      'is not known for the candidate',
    ],
  ),
  [
    'all that is lacking on either side',
    measured({ ...DATA, task: '1', tool: 'x' }),
    measured({ prompt: 'p' }),
    'unproven',
    'no data is named for the champion; the prompt or chat template is not known for the candidate; the version of the task and the evaluation tool are not known for the champion',
  ],
  [
    'no data, but another task',
    measured({ task: '1' }),
    measured({ task: '2' }),
    'different',
    'version of the task',
  ],
  [
    'other examples',
    measured({ ...DATA, shots: 5 }),
    measured({ ...DATA, shots: 0 }),
    'different',
    'the number of examples in the prompt differs: 5 for the candidate, 0',
  ],
  [
    'a template on one side, beside as many examples',
    measured({ ...DATA, shots: 5, prompt: 'chat template x' }),
    measured({ ...DATA, shots: 5 }),
    'unproven',
    'the prompt or chat template is not known for the champion',
  ],
  [
    'other data',
    measured(DATA),
    measured({ dataset: 'mmlu@2' }),
    'different',
    'mmlu@1 for the candidate, mmlu@2 for the champion',
  ],
  [
    'one name, another digest',
    measured({ ...DATA, datasetDigest: 'a' }),
    measured({ ...DATA, datasetDigest: 'b' }),
    'different',
    'the digest of the data differs: a for the candidate, b',
  ],
  ['another count', measured(DATA, 5), measured(DATA, 6), 'different', '5 for the candidate, 6'],
  [
    'another task',
    measured({ ...DATA, task: '1' }),
    measured({ ...DATA, task: '2' }),
    'different',
    'version of the task',
  ],
  [
    'another prompt',
    measured({ prompt: 'x' }),
    measured({ prompt: 'y' }),
    'different',
    'chat template',
  ],
  [
    'another tool',
    measured({ tool: 'x 1' }),
    measured({ tool: 'x 2' }),
    'different',
    'evaluation tool',
  ],
  [
    'hostile text',
    measured({ tool: 'a\u001b[31m' }),
    measured({ tool: 'b' }),
    'different',
    '\\u{1b}',
  ],
  ['nothing said', measured({}), measured({}), 'unproven', 'no data is named for either'],
  ['only the candidate says', measured(DATA), measured({}), 'unproven', 'for the champion'],
  ['only the champion says', measured({}), measured(DATA), 'unproven', 'for the candidate'],
  [
    'name beside digest',
    measured(DATA),
    measured({ datasetDigest: 'a' }),
    'unproven',
    'the digest of the data is not known for the candidate; the name of the data is not known for the champion',
  ],
])('%s', (_, candidate, champion, kind, says) => {
  expect(compared(candidate, champion)).toMatchObject({
    kind,
    ...(says && { says: expect.stringContaining(says) }),
  });
});
