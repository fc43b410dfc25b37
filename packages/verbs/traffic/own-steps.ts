import { STAMP } from '@passmuster/core/cluster/reading/stamp.ts';
import { keysIn } from '@passmuster/core/cluster/serving.ts';
import {
  CONFIGMAP,
  isOfCluster,
  namedText,
  refIn,
  stoodIn,
} from '@passmuster/core/cluster/steps.ts';
import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import type { ConfigMapPolicy } from '@passmuster/core/policy/policy.ts';
import { lastTraffic } from '@passmuster/core/promotions/canary.ts';
import { type Move, moveOf, type Party } from '@passmuster/core/promotions/record.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import { NOTE } from './annotations.ts';
import { means } from './target.ts';

const within = (names: object, known: readonly string[]): boolean =>
  Object.keys(names).every((name) => known.includes(name));

/** Whether a step changes nothing but the own ConfigMap and keys, and our own stamps beside it. */
function isOwn(step: Step, { place, keys }: ConfigMapPolicy): boolean {
  const stood = [step.before, step.after].map(stoodIn);
  if (step.kind === CONFIGMAP) {
    return (
      step.place === namedText(place) &&
      stood.every(
        (one) =>
          one?.data !== undefined &&
          within(one.data, keysIn(keys)) &&
          within(one.annotations, Object.values(NOTE)),
      )
    );
  }
  return (
    refIn(step.place).namespace === place.namespace &&
    stood.every(
      (one) =>
        one !== undefined &&
        one.data === undefined &&
        within(one.annotations, Object.values(STAMP)),
    )
  );
}

/** Versions that a value says are to serve. */
function servedIn(value: string, { keys }: ConfigMapPolicy): string[] {
  const { data = {} } = stoodIn(value) ?? {};
  return [data[keys.current], data[keys.canary]].filter((text) => typeof text === 'string');
}

/** All that the environment ever had, or was to have. */
const partiesIn = (sealed: readonly Ticket[]): Party[] =>
  sealed.flatMap((ticket) => {
    const { from, to } = moveOf(ticket) ?? {};
    return [from, to].filter((party) => party !== undefined);
  });

/**
 * Why the steps of an open ticket in the cluster cannot be ours, as the end of a sentence. A ticket is only text:
 * whoever may write to the registry must not be able to have us serve what no record of the environment names.
 */
export function oddInCluster(
  { steps, from, to }: Move,
  sealed: readonly Ticket[],
  configmap: ConfigMapPolicy,
): string | undefined {
  const own = steps.filter(isOfCluster);
  const odd = own.find((step) => !isOwn(step, configmap));
  if (odd) return `it changes ${odd.place}, which is none of its environment's`;
  const parties = [from, to].filter((party) => party !== undefined);
  const known = [...parties, ...partiesIn(sealed)];
  const isKnown = (among: readonly Party[]) => (text: string) =>
    among.some((party) => means(text, party));
  const changed = own.filter(({ kind }) => kind === CONFIGMAP);
  const isFirst = lastTraffic(sealed) === undefined;
  for (const { before, after } of changed) {
    const strange =
      servedIn(after, configmap).find((text) => !isKnown(parties)(text)) ??
      (isFirst ? undefined : servedIn(before, configmap).find((text) => !isKnown(known)(text)));
    if (strange !== undefined) return `it has ${strange} served, which none of its records names`;
  }
  return undefined;
}
