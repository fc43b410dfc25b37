import { USUAL_KEYS } from '../../cluster/serving.ts';
import { either } from '../../shape/either.ts';
import { defaulted, optional } from '../../shape/keys.ts';
import { record } from '../../shape/record.ts';
import { text } from '../../shape/text.ts';
import { NAMESPACED_NAME, VISIBLE } from './names.ts';

const name = text({
  description: 'The ConfigMap, as `namespace/name`.',
  examples: ['ml-production/llm-model-versions'],
  maxLength: 317,
  patterns: [NAMESPACED_NAME],
});

const key = (description: string, usual: string) =>
  defaulted(
    text({
      description,
      examples: [usual],
      maxLength: 253,
      patterns: [
        {
          regex: /^(?!\.\.$)[-._a-zA-Z0-9]+$/u,
          says: 'a key of a ConfigMap: letters, digits, `-`, `_` and `.`',
        },
      ],
    }),
    usual,
  );

const keys = record(
  {
    current_version: key('The version that serves.', USUAL_KEYS.current),
    canary_version: key('The version of the canary.', USUAL_KEYS.canary),
    canary_traffic_percentage: key('What the canary gets of the traffic.', USUAL_KEYS.share),
    model_registry_url: key('The base of the artifacts.', USUAL_KEYS.registry),
  },
  {
    description: 'What its keys are called, where they have other names than usual.',
    examples: [{ current_version: 'MODEL_VERSION' }],
  },
);

/** Whoever reads the ConfigMap may show it: what is in it is no secret. */
export const artifactBaseProblem = (address: string): string | undefined =>
  /\/\/[^/@]*@/.test(address) ? 'holds a user or a password; leave them out' : undefined;

const artifactBase = text({
  description: 'The base of the artifacts, for those who read it from the ConfigMap.',
  examples: ['s3://models/production'],
  maxLength: 2000,
  patterns: [VISIBLE],
  refuse: artifactBaseProblem,
});

export const configmap = either(
  [
    name,
    record(
      { name, keys: optional(keys), 'model-registry-url': optional(artifactBase) },
      {
        description: 'The ConfigMap, with the names of its keys.',
        examples: [
          { name: 'ml-production/llm-model-versions', keys: { current_version: 'MODEL' } },
        ],
      },
    ),
  ],
  {
    description: 'The Kubernetes ConfigMap that says which version serves.',
    examples: ['ml-production/llm-model-versions'],
  },
);
