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
import { type Held, liveParty, unlikely } from './likely.ts';
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

/** The bases of artifacts that a value of a ConfigMap names. */
function basesIn(value: string, { keys }: ConfigMapPolicy): string[] {
  const base = stoodIn(value)?.data?.[keys.registry];
  return typeof base === 'string' ? [base] : [];
}

/**
 * A base of artifacts that nobody has decided on: neither the policy nor whoever runs this, nor any move before.
 * What stood there before all of them is nobody's business.
 */
function strangeBase(
  changed: readonly Step[],
  { sealed, configmap, given }: Held,
): string | undefined {
  const moves = sealed.flatMap((ticket) => moveOf(ticket)?.steps ?? []);
  const earlier = moves
    .filter(({ kind }) => kind === CONFIGMAP)
    .flatMap(({ before, after }) => [before, after].flatMap((one) => basesIn(one, configmap)));
  const known = [configmap.registryUrl, given, ...earlier];
  const isFirst = lastTraffic(sealed) === undefined;
  return changed
    .flatMap(({ before, after }) => [after, ...(isFirst ? [] : [before])])
    .flatMap((value) => basesIn(value, configmap))
    .find((base) => !known.includes(base));
}

/** All that the environment ever had, or was to have. */
const partiesIn = (sealed: readonly Ticket[]): Party[] =>
  sealed.flatMap((ticket) => {
    const { from, to } = moveOf(ticket) ?? {};
    return [from, to].filter((party) => party !== undefined);
  });

/** What a note at the ConfigMap says of how it was before. */
function notedIn(value: string, { keys }: ConfigMapPolicy): string[] {
  const note = stoodIn(value)?.annotations[NOTE.earlier];
  try {
    const data: Record<string, unknown> = JSON.parse(note ?? '{}');
    return [data[keys.current], data[keys.canary]].filter((text) => typeof text === 'string');
  } catch {
    return [];
  }
}

/** All that stood there by its records, also what somebody had put there before the first of them. */
const textsIn = (sealed: readonly Ticket[], configmap: ConfigMapPolicy): string[] =>
  sealed
    .flatMap((ticket) => moveOf(ticket)?.steps ?? [])
    .filter(({ kind }) => kind === CONFIGMAP)
    .flatMap(({ before, after }) => [before, after])
    .flatMap((value) => [...servedIn(value, configmap), ...notedIn(value, configmap)]);

/**
 * Why the steps of an open ticket in the cluster cannot be ours, as the end of a sentence. A ticket is only text:
 * whoever may write to the registry must not be able to have us serve what no record of the environment names.
 */
export function oddInCluster(move: Move, held: Held): string | undefined {
  const { steps, to } = move;
  const { sealed, configmap } = held;
  const own = steps.filter(isOfCluster);
  const odd = own.find((step) => !isOwn(step, configmap));
  if (odd) return `it changes ${odd.place}, which is none of its environment's`;
  // What the ticket says of what was there is only text; the ledger knows.
  const live = liveParty(sealed);
  const parties = [live, to].filter((party) => party !== undefined);
  const known = [...(live ? [live] : []), ...partiesIn(sealed)];
  const isKnown = (among: readonly Party[]) => (text: string) =>
    among.some((party) => means(text, party));
  const changed = own.filter(({ kind }) => kind === CONFIGMAP);
  const isFirst = lastTraffic(sealed) === undefined;
  const stood = textsIn(sealed, configmap);
  const mayStand = (text: string) => isFirst || isKnown(known)(text) || stood.includes(text);
  for (const { before, after } of changed) {
    const strange =
      servedIn(after, configmap).find(
        (text) => !isKnown(parties)(text) && !servedIn(before, configmap).includes(text),
      ) ?? servedIn(before, configmap).find((text) => !mayStand(text));
    if (strange !== undefined) return `it has ${strange} served, which none of its records names`;
  }
  const base = strangeBase(changed, held);
  if (base !== undefined) {
    return `it sets ${configmap.keys.registry} to ${base}, which neither the policy nor \`model-registry-url\` names`;
  }
  return unlikely(move, held);
}
