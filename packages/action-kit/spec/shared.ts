import { USUAL_POLICY } from '@passmuster/core/policy/usual.ts';
import { registryAddressProblem } from '@passmuster/core/registry-address.ts';
import { boolean, duration, secret, text } from './kinds.ts';

/** Inputs that mean the same wherever they appear; a verb takes those that it needs. */
export const shared = {
  'github-token': secret({
    about: 'The token for GitHub’s API; needs only the permissions listed for the verb.',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours
    jobDefault: '${{ github.token }}',
    variable: 'GITHUB_TOKEN',
  }),
  model: text({ about: 'The registered model.', required: true, example: 'gpt-custom' }),
  registry: text({
    about:
      'The MLflow-compatible registry: an address, or `embedded:` and the path of a file. Left out, the policy’s, else the one in MLFLOW_TRACKING_URI.',
    example: 'https://mlflow.example.com',
    check: registryAddressProblem,
  }),
  config: text({
    about: 'The policy file.',
    default: USUAL_POLICY,
  }),
  wait: duration({
    about: 'How long to wait for another run to finish before giving up.',
    default: '10m',
  }),
  'dry-run': boolean({
    about: 'Print what would be done, and do nothing.',
    default: 'false',
  }),
};

/** What every verb takes that writes under a ticket. */
export const moving = {
  registry: shared.registry,
  config: shared.config,
  wait: shared.wait,
  'github-token': shared['github-token'],
  'dry-run': shared['dry-run'],
};
