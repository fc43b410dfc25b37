import { granted } from '@passmuster/action-kit/spec/granted.ts';
import { text } from '@passmuster/action-kit/spec/kinds.ts';
import { moving, shared } from '@passmuster/action-kit/spec/shared.ts';
import { defineVerb } from '@passmuster/action-kit/spec/verb.ts';
import { reasonProblem } from '../moving/reason.ts';
import { spec as promote } from '../promote/spec.ts';
import { configmapInput } from '../traffic/configmap.ts';
import { connection, rollout } from '../traffic/inputs.ts';
import { canaryProblem } from './canary-input.ts';

const judging = promote.inputs;

export const spec = defineVerb({
  name: 'deploy',
  about:
    'Have the version that was promoted served: move a ConfigMap to it or to a canary share, restart what reads it, wait until it is live, and put everything back when it is not.',
  permissions: [
    granted.policy,
    {
      scope: 'pull-requests',
      access: 'read',
      reason: 'to read reviews, where the policy asks for approvals of a canary',
    },
    granted.runs,
  ],
  inputs: {
    model: shared.model,
    version: text({
      about:
        'The version to serve: `v1.2.0`, `7`, `@alias`, `run:<id>`. Left out, the one that the environment has.',
      example: 'v1.2.0',
    }),
    environment: text({
      about:
        'Where it is to serve, as the policy names it: only the version that was promoted there, or a canary that passes its gates.',
      example: 'production',
    }),
    configmap: configmapInput,
    canary: text({
      about:
        'The share of the traffic in percent that the version is to get beside the one that serves; or `drop` to end a canary.',
      example: '10',
      check: canaryProblem,
    }),
    ...rollout,
    ...connection,
    reason: text({
      about: 'Why; stays on record.',
      example: 'ten percent for a day',
      check: reasonProblem,
    }),
    again: judging.again,
    override: judging.override,
    'pull-request': judging['pull-request'],
    gates: judging.gates,
    evaluations: judging.evaluations,
    comparable: judging.comparable,
    prefer: judging.prefer,
    ...moving,
  },
  outputs: {
    outcome:
      '`deployed`, `canary`, `dropped`, `unchanged`, `planned` (with `dry-run`), `refused`, `put-back` (it did not become ready, and all stands as before) or `stopped` (somebody else’s value is in the way).',
    'promotion-id': 'The id of the move; empty where nothing is on record.',
    from: 'The registry’s number of the version that the environment has; empty where it is not known.',
    to: 'The registry’s number of the version that serves now, or takes part as a canary.',
    record: 'The ticket of the ledger that holds the record; empty where there is none.',
    report: 'The path of a JSON report.',
  },
  examples: [
    {
      title: 'Have the version served that was promoted to production',
      inputs: { model: 'gpt-custom', environment: 'production' },
    },
    {
      title: 'Give the next version a tenth of the traffic',
      inputs: {
        model: 'gpt-custom',
        version: 'v1.3.0',
        environment: 'production',
        canary: '10',
        soak: '5m',
      },
    },
    {
      title: 'End the canary',
      inputs: { model: 'gpt-custom', environment: 'production', canary: 'drop' },
    },
    {
      title: 'Move a ConfigMap that no policy names; nothing is judged',
      inputs: { model: 'gpt-custom', version: '7', configmap: 'ml/llm-model-versions' },
    },
  ],
});
