import { granted } from '@passmuster/action-kit/spec/granted.ts';
import { text } from '@passmuster/action-kit/spec/kinds.ts';
import { moving, shared } from '@passmuster/action-kit/spec/shared.ts';
import { defineVerb } from '@passmuster/action-kit/spec/verb.ts';
import { reasonProblem } from '../moving/reason.ts';
import { configmapInput } from '../traffic/configmap.ts';
import { connection, rollout } from '../traffic/inputs.ts';

export const spec = defineVerb({
  name: 'rollback',
  about:
    'Take the version that is live in an environment out again, and put the last good one back: in the registry, and in the cluster where that says what serves.',
  permissions: [granted.policy, granted.runs],
  inputs: {
    model: shared.model,
    environment: text({
      about: 'Where it goes back.',
      required: true,
      example: 'production',
    }),
    from: text({
      about:
        'The version to take out: `v1.2.0`, `7`, `@alias`, `run:<id>`. Left out, the one that is live when the command is given. If it is not live any more when its turn comes, nothing moves. Needed where there is neither a terminal nor a run of a workflow.',
      example: 'v1.2.0',
    }),
    to: text({
      about:
        'The version to put back, one that the environment had before. Left out, the nearest earlier one that was never rolled back from.',
      example: 'v1.1.0',
    }),
    reason: text({
      about: 'Why, for whoever reads the history.',
      required: true,
      example: 'error rate doubled after the promotion',
      check: reasonProblem,
    }),
    configmap: configmapInput,
    ...rollout,
    ...connection,
    ...moving,
  },
  outputs: {
    outcome:
      '`rolled-back`, `unchanged` (it was not live any more), `planned` (with `dry-run`), `refused`, `put-back` (it could not be carried out or did not become ready, and all stands as before) or `stopped` (somebody else’s value is in the way).',
    'promotion-id': 'The id of the move; empty where nothing was moved.',
    from: 'The registry’s number of the version that was to be taken out.',
    to: 'The number of the version that was put back, or that is live; empty where there is none.',
    record: 'The ticket of the ledger that is the record; empty where there is none.',
    report: 'The path of a JSON report.',
  },
  examples: [
    {
      title: 'Back to the last good version',
      inputs: {
        model: 'gpt-custom',
        environment: 'production',
        reason: 'error rate doubled after the promotion',
      },
    },
    {
      title: 'Take one version out, and put a certain one back',
      inputs: {
        model: 'gpt-custom',
        environment: 'production',
        from: 'v1.2.0',
        to: 'v1.0.0',
        reason: 'v1.1.0 has the same fault',
      },
    },
  ],
});
