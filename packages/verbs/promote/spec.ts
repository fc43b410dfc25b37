import { boolean, globs, integer, lines, oneOf, text } from '@passmuster/action-kit/spec/kinds.ts';
import { moving, shared } from '@passmuster/action-kit/spec/shared.ts';
import { defineVerb } from '@passmuster/action-kit/spec/verb.ts';
import { reasonProblem } from '../moving/reason.ts';
import { gates, preferenceProblem } from '../validate/inputs.ts';

export const spec = defineVerb({
  name: 'promote',
  about:
    'Move a model version to an environment in the registry, once it passes: judged again, approved, carried out under a ticket, read back and on record.',
  permissions: [
    {
      scope: 'contents',
      access: 'read',
      reason: 'to read the policy as it stands on the default branch, and what approvals are about',
    },
    {
      scope: 'pull-requests',
      access: 'read',
      reason: 'to read reviews, where the policy asks for approvals',
    },
    {
      scope: 'actions',
      access: 'read',
      reason:
        'to read approvals of the environment, and to see that a run which held things up has ended',
    },
  ],
  inputs: {
    model: shared.model,
    version: text({
      about: 'The version to promote: `v1.2.0`, `7`, `@alias`, a stage, `run:<id>` or `latest`.',
      required: true,
      example: 'v1.2.0',
    }),
    environment: text({
      about: 'Where it is to go, as the policy names it.',
      example: 'production',
    }),
    stage: oneOf(['Staging', 'Production'], {
      about: 'The stage to move it to, where no policy names environments.',
    }),
    alias: text({
      about: 'The alias to set, where no policy names environments.',
      example: 'champion',
    }),
    expect: text({
      about:
        'The version that you believe to be there now, or `none`; where another one is, nothing moves.',
      example: 'v1.1.0',
    }),
    reason: text({
      about: 'Why it moves; stays on record.',
      example: 'better on long prompts, see #42',
      check: reasonProblem,
    }),
    again: boolean({
      about: 'Promote a version that this environment was rolled back from.',
      default: 'false',
    }),
    override: text({
      about:
        'Why it moves although gates, a freeze or missing approvals stand against it. Only for those whom the policy lists under `may-override`; stays on record and is shown for good.',
      check: reasonProblem,
    }),
    'pull-request': integer({
      about:
        'The number of the pull request whose reviews count as approvals. Left out, the one of the run’s event or commit.',
      min: 1,
      example: '42',
    }),
    'plan-file': text({
      about: 'A file to write the plan into, for a later job.',
      example: 'plan.json',
    }),
    plan: text({
      about:
        'A file that an earlier job of this run wrote with `plan-file`. It is planned anew, and nothing moves unless the result is the same.',
      example: 'plan.json',
    }),
    gates: gates({
      about: 'More gates, one a line, added to those of the policy. `#` begins a comment.',
      example: 'accuracy >= 0.85',
    }),
    evaluations: globs({
      about:
        'Files with metrics, one pattern a line, read beside what the registry has. Left out, those that the policy names.',
      example: 'eval/results_*.json',
    }),
    comparable: oneOf(['required'], {
      about:
        'With `required`, a gate on the champion is inconclusive unless both values are proven to be measured on the same data.',
    }),
    prefer: lines({
      about:
        'Which source counts where two disagree, the first that fits: `run`, `logged-model`, `files` or the pattern of a file, one a line.',
      example: 'files',
      check: preferenceProblem,
    }),
    ...moving,
  },
  outputs: {
    outcome:
      '`promoted`, `unchanged` (it was there already), `planned` (with `dry-run`), `refused`, `put-back` or `stopped` (on somebody else’s value).',
    'promotion-id': 'The id of the promotion: the same for the same move again.',
    from: 'The registry’s number of the version that was there; empty where there was none.',
    to: 'The registry’s number of the version that was promoted.',
    record: 'The ticket of the ledger that holds the record.',
    report: 'The path of a JSON report.',
  },
  examples: [
    {
      title: 'Promote a version to production',
      inputs: {
        model: 'gpt-custom',
        version: 'v1.2.0',
        environment: 'production',
        reason: 'better on long prompts',
      },
    },
    {
      title: 'Move a version to a stage, without a policy',
      inputs: {
        model: 'gpt-custom',
        version: '7',
        stage: 'Production',
        gates: 'accuracy >= 0.85',
      },
    },
  ],
});
