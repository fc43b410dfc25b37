import { granted } from '@passmuster/action-kit/spec/granted.ts';
import { boolean, text } from '@passmuster/action-kit/spec/kinds.ts';
import { shared } from '@passmuster/action-kit/spec/shared.ts';
import { defineVerb } from '@passmuster/action-kit/spec/verb.ts';
import { connection } from '../traffic/inputs.ts';

export const spec = defineVerb({
  name: 'status',
  about:
    'Show which version is live where, since when and moved by whom, what waits, and where ledger, registry and cluster disagree.',
  permissions: [granted.policy],
  inputs: {
    model: text({
      about:
        'The registered model. Left out, all that have a ledger, and those that the policy names.',
      example: 'gpt-custom',
    }),
    environment: text({
      about:
        'Show this one alone. Left out, those of the policy, and those that something was ever moved to.',
      example: 'production',
    }),
    history: boolean({
      about: 'Also show who moved what when and why, the newest first.',
      default: 'false',
    }),
    check: boolean({
      about:
        'Fail when anything disagrees, a ledger is broken or a rollout is not done, so that a scheduled job can watch for moves made by hand.',
      default: 'false',
    }),
    registry: shared.registry,
    config: shared.config,
    ...connection,
    'github-token': shared['github-token'],
  },
  outputs: {
    outcome: '`agrees` or `disagrees`.',
    disagreements:
      'How many there are: environments that are not as their ledger says, what serves otherwise in the cluster or does not run there, moves that were left half-way, what is wrong with ledgers and not accepted, and models and clusters that could not be looked at.',
    version:
      'The registry’s number of the version that is live, where `model` and `environment` are given; empty where nobody is there, or it cannot be told.',
    report: 'The path of a JSON report: everything that is shown, and links to the runs.',
  },
  examples: [
    {
      title: 'Who is live, since when, and how it came to be',
      inputs: { model: 'gpt-custom', history: 'true' },
    },
    {
      title: 'Watch for moves made by hand, in a scheduled workflow',
      inputs: { check: 'true' },
    },
  ],
});
