import { createHash, randomBytes } from 'node:crypto';
import { controlledBy, type Item, isFields, ownedBy, type Texts } from '../objects.ts';
import { PODS } from '../resources.ts';
import { created } from '../store/writes.ts';
import type { Pod, PodSpec, Share, Template } from '../workloads.ts';
import { type Desk, MANAGER } from './desk.ts';

/** The letters of the server's hashes: no word comes of them. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

const lettersOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join('');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isFields(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}

export const templateHash = (template: Template): string =>
  lettersOf(
    createHash('sha256')
      .update(JSON.stringify(sorted(template)))
      .digest()
      .subarray(0, 10),
  );

export const randomTail = (): string => lettersOf(randomBytes(5));

export function podsOf({ store }: Desk, owner: Item): Pod[] {
  const pods = store.list(PODS, owner.metadata.namespace) as Pod[];
  return pods.filter((pod) => ownedBy(pod, owner));
}

export const isReady = (pod: Pod): boolean =>
  pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ??
  false;

/** For how long a pod has yet to be ready before it counts, in milliseconds. */
export function untilAvailable(desk: Desk, pod: Pod, seconds = 0): number {
  const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  if (ready?.status !== 'True') return Number.POSITIVE_INFINITY;
  if (seconds === 0) return 0;
  const since = Date.parse(ready.lastTransitionTime ?? '');
  return Math.max(0, since + seconds * desk.second - Date.now());
}

/** Pods that count as available; looks again when the next one will. */
export function available(desk: Desk, pods: readonly Pod[], seconds = 0): Pod[] {
  return pods.filter((pod) => untilAvailable(desk, pod, seconds) <= 0);
}

export const nextAvailable = (desk: Desk, pods: readonly Pod[], seconds = 0): number =>
  Math.min(
    ...pods.map((pod) => untilAvailable(desk, pod, seconds)).filter((left) => left > 0),
    Number.POSITIVE_INFINITY,
  );

/** A share of a number: a percentage of it, or the share itself. */
export function shareOf(share: Share, of: number, round: (n: number) => number): number {
  if (typeof share === 'number') return share;
  return round((Number(share.replace('%', '')) * of) / 100);
}

export function makePod(
  { store }: Desk,
  owner: Item,
  name: string,
  template: Template,
  more: { readonly labels?: Texts; readonly spec?: Partial<PodSpec>; readonly base?: string } = {},
): Item {
  const { labels = {}, annotations } = template.metadata ?? {};
  const { namespace = '' } = owner.metadata;
  return created(
    store,
    PODS,
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        ...(more.base && { generateName: more.base }),
        namespace,
        labels: { ...labels, ...more.labels },
        ...(annotations && { annotations }),
        ownerReferences: [controlledBy(owner)],
      },
      spec: { ...template.spec, ...more.spec },
    },
    { manager: MANAGER },
  );
}
