import { text } from '@passmuster/action-kit/spec/kinds.ts';
import { defineVerb } from '@passmuster/action-kit/spec/verb.ts';
import { spec as promote } from '../promote/spec.ts';
import { configmapInput } from '../traffic/configmap.ts';
import { connection, rollout } from '../traffic/inputs.ts';
import { spec as verify } from '../verify/spec.ts';

const { stage: _, alias: __, ...judging } = promote.inputs;

export const spec = defineVerb({
  name: 'run',
  about:
    'The whole promotion as one move: verify the files, judge the version, move it in the registry, have it served, and put all of it back when it does not become live.',
  permissions: promote.permissions,
  inputs: {
    ...judging,
    environment: text({
      about: 'Where it is to go, as the policy names it.',
      required: true,
      example: 'production',
    }),
    path: text({
      about:
        'A folder with the files of the model, which must be those that were registered; left out, no files are looked at.',
      example: './model',
    }),
    manifest: verify.inputs.manifest,
    'allow-extra': verify.inputs['allow-extra'],
    configmap: configmapInput,
    ...rollout,
    ...connection,
  },
  outputs: promote.outputs,
  examples: [
    {
      title: 'Promote a version to production and have it served',
      inputs: {
        model: 'gpt-custom',
        version: 'v1.2.0',
        environment: 'production',
        reason: 'better on long prompts',
        soak: '5m',
      },
    },
  ],
});
