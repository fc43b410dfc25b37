import {
  CONFIGMAP,
  isOfCluster,
  refPlace,
  standsInConfigMap,
  standsInWorkload,
} from '@passmuster/core/cluster/steps.ts';
import type { Move } from '@passmuster/core/promotions/record.ts';
import { type Stand, type Step, standOf } from '@passmuster/core/promotions/step.ts';
import { placeOf } from './about.ts';
import type { SeenCluster } from './look.ts';

/** What stands in the cluster at the place of a step; nothing where nobody has looked there. */
function valueAt(step: Step, seen: SeenCluster): string | undefined {
  const { configMap, workloads } = seen;
  if (step.kind === CONFIGMAP) {
    const isOurs = step.place === placeOf({ seen });
    return isOurs && 'value' in configMap ? standsInConfigMap(step, configMap.value) : undefined;
  }
  if (!('value' in workloads)) return undefined;
  const there = workloads.value.find((one) => refPlace(one) === step.place);
  return standsInWorkload(step, there);
}

/** How far a move has come in the cluster, as far as that was looked at. */
export const stepsInCluster = (
  { steps }: Pick<Move, 'steps'>,
  seen: SeenCluster | undefined,
): { readonly step: Step; readonly stands: Stand }[] =>
  steps.filter(isOfCluster).flatMap((step) => {
    const value = seen && valueAt(step, seen);
    return value === undefined ? [] : [{ step, stands: standOf(step, value) }];
  });

/** Whether a move is being carried out in the cluster, and whether it explains what the ConfigMap says. */
export function movesIn(
  open: readonly Move[],
  seen: SeenCluster,
): { readonly isMoving: boolean; readonly isExplained: boolean } {
  const steps = open.flatMap((move) => stepsInCluster(move, seen));
  const maps = steps.filter(({ step }) => step.kind === CONFIGMAP);
  return {
    isMoving: steps.length > 0,
    isExplained: maps.length > 0 && maps.every(({ stands }) => stands !== 'foreign'),
  };
}
