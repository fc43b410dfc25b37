import { suspectedOwnerOf } from '@passmuster/core/cluster/owners/owners.ts';
import {
  type Aim,
  changesTo,
  hasCanary,
  type Keys,
  shareIn,
} from '@passmuster/core/cluster/serving.ts';
import { configMapStep, namedText } from '@passmuster/core/cluster/steps.ts';
import type { Problem } from '@passmuster/core/errors.ts';
import type { Traffic } from '@passmuster/core/promotions/record.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import { annotationsFor, type Noted } from './annotations.ts';
import type { SeenTraffic } from './look.ts';
import { restartsFor } from './restarts.ts';
import type { Target } from './target.ts';
import { unfitTraffic, unreadShare } from './unfit.ts';

const MADE = 'The ConfigMap is made. Where this does not go through, it stays, and is empty.';

/** What a reader should know of the ConfigMap itself; who may own it is no proof, and so no reason to refuse. */
function configMapRemarks({ configMap }: SeenTraffic): string[] {
  if (configMap === undefined) return [MADE];
  const owner = suspectedOwnerOf(configMap);
  return owner ? [`${owner.says} ${owner.hint}`] : [];
}

/** What has to change in the cluster, and what it says then. */
export interface TrafficCourse {
  readonly steps: readonly Step[];
  readonly traffic: Traffic;
  readonly problems: readonly Problem[];
  readonly remarks: readonly string[];
}

function trafficOf({ configmap: { place, keys } }: Target, data: ReadonlyMap<string, string>) {
  const share = shareIn(data, keys);
  const current = data.get(keys.current);
  const canary = hasCanary(data, keys) ? data.get(keys.canary) : undefined;
  return {
    configmap: namedText(place),
    share: Number.isNaN(share) ? 0 : share,
    ...(current !== undefined && { current }),
    ...(canary !== undefined && { canary }),
  };
}

/** What the decision rests on stands in the step as well: where somebody changes that, it is not the same any more. */
const restedOn = (data: ReadonlyMap<string, string>, { current, canary, share }: Keys) =>
  [current, canary, share].map((key) => [key, data.get(key)] as const);

/** First the ConfigMap, in one write, then those who read it. */
export async function trafficCourse(
  target: Target,
  seen: SeenTraffic,
  aim: Aim,
  noted: Noted,
  signal: AbortSignal,
): Promise<TrafficCourse> {
  const { place, keys, registryUrl } = target.configmap;
  const before = seen.configMap?.data ?? new Map<string, string>();
  const url = target.rollout['model-registry-url'] ?? registryUrl;
  const changes = changesTo(before, keys, aim, url);
  const written = [...changes.keys()];
  const unfit = await unfitTraffic(target, seen, noted.model, written, signal);
  const annotations = annotationsFor(noted, seen.configMap, keys);
  const change = { data: new Map([...restedOn(before, keys), ...changes]), annotations };
  const restarts = restartsFor(target, seen, changes);
  return {
    steps: [
      ...(changes.size > 0 ? [configMapStep(place, seen.configMap, change)] : []),
      ...restarts.steps,
    ],
    traffic: {
      ...trafficOf(target, new Map([...before, ...changes])),
      ...(aim.do === 'canary' && { canary: aim.version, share: aim.share }),
    },
    problems: [...unfit, ...unreadShare(target, seen), ...restarts.problems],
    remarks: [...restarts.remarks, ...configMapRemarks(seen)],
  };
}
