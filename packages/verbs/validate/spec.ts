import { globs, lines, oneOf, text } from '@passmuster/action-kit/spec/kinds.ts';
import { shared } from '@passmuster/action-kit/spec/shared.ts';
import { defineVerb } from '@passmuster/action-kit/spec/verb.ts';
import { gates, preferenceProblem } from './inputs.ts';

export const spec = defineVerb({
  name: 'validate',
  about:
    'Judge a model version by metric gates and against the champion, and say why in words that a reviewer can check.',
  permissions: [
    {
      scope: 'contents',
      access: 'read',
      reason: 'to read the policy as it stands on the base branch',
    },
  ],
  inputs: {
    model: text({ about: 'The registered model.', example: 'gpt-custom' }),
    version: text({
      about:
        'The version to judge: `v1.2.0`, `7`, `@alias`, a stage, `run:<id>` or `latest`. Left out, files are judged, and a registry is asked only for the champion, where a gate needs one that is a version.',
      example: 'v1.2.0',
    }),
    environment: text({
      about:
        'Where it is to go: its gates are added, and the version that is there is the champion, unless another is given.',
      example: 'production',
    }),
    gates: gates({
      about:
        'More gates, one a line: `accuracy >= 0.85`, `accuracy >= champion - 0.01`, `warn: latency_p95_ms <= 120`. They are added to those of the policy. `#` begins a comment.',
      example: 'accuracy >= 0.85',
    }),
    evaluations: globs({
      about:
        'Files with metrics, one pattern a line, read beside what the registry has. Left out, those that the policy names.',
      example: 'eval/results_*.json',
    }),
    champion: text({
      about: 'The version to compare with, in place of the one in `environment`.',
      example: '@champion',
    }),
    'champion-evaluations': globs({
      about:
        'Files with the champion’s metrics, one pattern a line, in place of the version in `environment`: a baseline that is kept in the repository needs no registry.',
      example: 'eval/baseline.json',
    }),
    comparable: oneOf(['required'], {
      about:
        'With `required`, a gate on the champion is inconclusive unless both values are proven to be measured on the same data.',
    }),
    evidence: oneOf(['bound', 'unbound'], {
      about:
        'With `bound`, only what provably speaks of this version counts: its own run or logged model, a file that `register` recorded or that names its root digest.',
      default: 'unbound',
    }),
    prefer: lines({
      about:
        'Which source counts where two disagree, the first that fits: `run`, `logged-model`, `files` or the pattern of a file, one a line.',
      example: 'files',
      check: preferenceProblem,
    }),
    'on-inconclusive': oneOf(['fail', 'warn'], {
      about:
        'What an inconclusive verdict does to the job: it fails, and without any gate it warns, unless this says otherwise.',
    }),
    junit: text({
      about: 'A file to write the gates into as JUnit XML, for systems that show test results.',
      example: 'reports/gates.xml',
    }),
    registry: shared.registry,
    config: shared.config,
    'github-token': shared['github-token'],
  },
  outputs: {
    verdict: '`pass`, `fail` or `inconclusive`, by the gates in force.',
    version: 'The registry’s number of the version; empty where only files were judged.',
    'semantic-version': 'The name of the version, where it has one.',
    champion: 'The number of the champion; empty where there is none, or files stand for it.',
    failed: 'The gates that failed and are not waived, one a line.',
    report: 'The path of a JSON report: every gate, every metric, and where each came from.',
  },
  examples: [
    {
      title: 'Judge a candidate for production',
      inputs: {
        model: 'gpt-custom',
        version: 'v1.2.0',
        environment: 'production',
        gates: 'perplexity <= 12.5\nmmlu_accuracy >= champion - 0.01',
      },
    },
    {
      title: 'Judge files alone, as in a pull request from a fork',
      inputs: {
        evaluations: 'eval/results.json',
        'champion-evaluations': 'eval/baseline.json',
        gates: 'accuracy >= 0.85\naccuracy >= champion',
      },
    },
  ],
});
