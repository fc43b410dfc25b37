import { text } from '@passmuster/action-kit/spec/kinds.ts';
import { USUAL_KEYS } from '@passmuster/core/cluster/serving.ts';
import { namedIn, namedText } from '@passmuster/core/cluster/steps.ts';
import { InputError } from '@passmuster/core/errors.ts';
import type { ConfigMapPolicy } from '@passmuster/core/policy/policy.ts';
import { NAMESPACED_NAME } from '@passmuster/core/policy/shapes/names.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Environment } from '../moving/place.ts';

export const configmapInput = text({
  about:
    'The ConfigMap that says what serves, as `namespace/name`, where the policy does not name it. Without `environment` nothing is judged and nothing goes on record.',
  example: 'ml-production/llm-model-versions',
  check: (place) =>
    place === undefined || NAMESPACED_NAME.regex.test(place)
      ? undefined
      : `must be ${NAMESPACED_NAME.says}`,
});

/** A ConfigMap that is known by its name alone. */
export const bareConfigMap = (place: string): ConfigMapPolicy => ({
  place: namedIn(place),
  keys: USUAL_KEYS,
});

/** The ConfigMap of an environment: the policy's, which an input cannot replace. */
export function configMapOf(
  { name, policy }: Environment,
  given: string | undefined,
): ConfigMapPolicy {
  const { configmap } = policy;
  if (configmap === undefined && given !== undefined) return bareConfigMap(given);
  if (configmap === undefined) {
    throw new InputError([
      {
        message: `Nothing says what serves in ${quotable(name)}: the policy has no \`configmap\` for it, and none is given.`,
        hint: `Add \`configmap: namespace/name\` to \`environments.${quotable(name)}\` in the policy, or give \`configmap\`.`,
      },
    ]);
  }
  const own = namedText(configmap.place);
  if (given === undefined || given === own) return configmap;
  throw new InputError([
    {
      message: `\`configmap\` is ${quotable(given, 320)}, but the policy says that ${quotable(name)} has ${quotable(own, 320)}.`,
      hint: 'Leave `configmap` out.',
    },
  ]);
}
