import { granted } from '@passmuster/action-kit/spec/granted.ts';
import { text } from '@passmuster/action-kit/spec/kinds.ts';
import { moving, shared } from '@passmuster/action-kit/spec/shared.ts';
import { defineVerb } from '@passmuster/action-kit/spec/verb.ts';
import { reasonProblem } from '../moving/reason.ts';

export const spec = defineVerb({
  name: 'settle',
  about:
    'Take what stands in an environment now into its history: what a hand has moved, or a broken run has left.',
  permissions: [granted.policy, granted.runs],
  inputs: {
    model: shared.model,
    environment: text({
      about: 'Where something stands that the ledger does not know.',
      required: true,
      example: 'production',
    }),
    reason: text({
      about: 'Why it is right as it stands, for whoever reads the history.',
      required: true,
      example: 'moved by hand while the registry had no network',
      check: reasonProblem,
    }),
    ...moving,
  },
  outputs: {
    outcome:
      '`settled`, `unchanged` (the ledger says the same already), `planned` (with `dry-run`) or `refused` (what stands there is ambiguous).',
    'promotion-id': 'The id of the record; empty where nothing was sealed.',
    from: 'The registry’s number of the version that the ledger had there; empty where it had none.',
    to: 'The number of the version that stands there; empty where none does.',
    record: 'The ticket of the ledger that is the record; empty where there is none.',
    report: 'The path of a JSON report.',
  },
  examples: [
    {
      title: 'Take what was moved by hand into the history',
      inputs: {
        model: 'gpt-custom',
        environment: 'production',
        reason: 'moved by hand while the registry had no network',
      },
    },
  ],
});
