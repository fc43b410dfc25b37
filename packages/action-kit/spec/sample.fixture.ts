import { integer, lines, oneOf, text } from './kinds.ts';
import { shared } from './shared.ts';
import { defineVerb } from './verb.ts';

/** A verb that uses everything a spec can say, for the tests of what is made from it. */
export const sample = defineVerb({
  name: 'sample',
  about: 'Do nothing, with "quotes" and a | pipe.',
  permissions: [
    { scope: 'contents', access: 'read', reason: 'to read the policy of the default branch' },
    { scope: 'pull-requests', access: 'write', reason: 'to keep the comment up to date' },
  ],
  inputs: {
    model: text({ about: 'The model.', required: true, example: 'gpt-custom' }),
    version: text({ about: 'The version.' }),
    gates: lines({ about: 'Rules, one a line.', example: 'accuracy >= 0.9' }),
    evidence: oneOf(['bound', 'unbound'], { about: 'Which evidence counts.', default: 'bound' }),
    retries: integer({ about: 'How often.', default: '3', min: 0 }),
    'github-token': shared['github-token'],
    registry: shared.registry,
    wait: shared.wait,
    'dry-run': shared['dry-run'],
  },
  outputs: { verdict: 'The verdict.', report: 'The report.' },
  examples: [
    {
      title: 'Judge a version',
      inputs: { model: 'gpt-custom', gates: "accuracy >= 0.9\nname == 'x'", 'dry-run': 'true' },
    },
  ],
});
