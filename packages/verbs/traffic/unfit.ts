import type { ConfigMap } from '@passmuster/core/cluster/configmap.ts';
import { ownersOf } from '@passmuster/core/cluster/owners/owners.ts';
import { shareIn } from '@passmuster/core/cluster/serving.ts';
import { namedText } from '@passmuster/core/cluster/steps.ts';
import type { Problem } from '@passmuster/core/errors.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { NOTE } from './annotations.ts';
import type { SeenTraffic } from './look.ts';
import type { Target } from './target.ts';

const called = ({ configmap }: Target): string =>
  `ConfigMap \`${quotable(namedText(configmap.place), 320)}\``;

/** There is none. That of a namespace that is not there can only be told by asking for the namespace. */
async function missing(target: Target, signal: AbortSignal): Promise<Problem[]> {
  const { cluster, configmap, rollout } = target;
  const { namespace } = configmap.place;
  if ((await cluster.hasNamespace(namespace, { signal })) === false) {
    return [
      {
        message: `There is no namespace \`${quotable(namespace)}\` at ${quotable(cluster.address, 200)}.`,
        hint: 'Check the name, and that this is the cluster that you mean (`context`, `kubeconfig`).',
      },
    ];
  }
  if (rollout.create) return [];
  return [
    {
      message: `There is no ${called(target)} at ${quotable(cluster.address, 200)}.`,
      hint: 'Check the name and the cluster, or give `create: true` to have it made.',
    },
  ];
}

/** What somebody else keeps as they want it must be changed where they take it from. */
const owned = (target: Target, configMap: ConfigMap, keys: readonly string[]): Problem[] =>
  ownersOf(configMap, keys).map(({ tool, says, hint }) => ({
    message: `${tool} keeps the ${called(target)}, and would put back what is written there: ${says}`,
    hint,
  }));

/** Why a ConfigMap cannot say what it is to say. */
function unfitFor(
  target: Target,
  configMap: ConfigMap,
  model: string,
  keys: readonly string[],
): Problem[] {
  const problems: Problem[] = [];
  if (configMap.isImmutable) {
    problems.push({
      message: `The ${called(target)} is immutable (\`immutable: true\`): none of its values can be changed.`,
      hint: 'Make a new one without that line, and have the workloads read it.',
    });
  }
  const bytes = keys.filter((key) => configMap.binaryKeys.includes(key));
  if (bytes.length > 0) {
    problems.push({
      message: `The ${called(target)} has \`${bytes.map((key) => quotable(key)).join('`, `')}\` under \`binaryData\`, which holds no text.`,
      hint: 'Take it out there, or give the keys other names in the policy (`configmap.keys`).',
    });
  }
  const owner = configMap.annotations.get(NOTE.model);
  if (owner !== undefined && owner !== model) {
    problems.push({
      message: `The ${called(target)} says what serves of the model "${quotable(owner)}", and not of "${quotable(model)}".`,
      hint: 'Give each model a ConfigMap, or keys, of its own. If this one is to serve another model from now on, take the annotation `passmuster.dev/model` away.',
    });
  }
  return [...problems, ...owned(target, configMap, keys)];
}

/** All that stands against writing these keys. */
export async function unfitTraffic(
  target: Target,
  { configMap }: SeenTraffic,
  model: string,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<Problem[]> {
  if (configMap === undefined) return missing(target, signal);
  return unfitFor(target, configMap, model, keys);
}

/** A share that nobody can read; nothing is decided by it. */
export function unreadShare(target: Target, { configMap }: SeenTraffic): Problem[] {
  const { keys } = target.configmap;
  const data = configMap?.data ?? new Map<string, string>();
  if (!Number.isNaN(shareIn(data, keys))) return [];
  return [
    {
      message: `The ${called(target)} has \`${quotable(keys.share)}: ${quotable(data.get(keys.share) ?? '')}\`, which is no percentage.`,
      hint: 'Set it to a number from 0 to 100.',
    },
  ];
}
