import { quotable } from '../../quote.ts';
import type { Named } from '../cluster.ts';
import type { WorkloadRef } from '../workload.ts';

/** As long as a name can be. */
const LONGEST_NAME = 253;
const LONGEST_TEXT = 300;

export const nameText = (name: string): string => quotable(name, LONGEST_NAME);

/** What a server says, in one line. */
export const saidText = (text: string): string => quotable(text.trim(), LONGEST_TEXT);

/** `Deployment shop/api` */
export const refText = ({ kind, namespace, name }: WorkloadRef): string =>
  `${kind} ${nameText(namespace)}/${nameText(name)}`;

/** `deployment/api -n shop`, as kubectl takes it. */
export const kubectlName = ({ kind, namespace, name }: WorkloadRef): string =>
  `${kind.toLowerCase()}/${nameText(name)} -n ${nameText(namespace)}`;

export const deleteCommand = (namespace: string, pods: readonly Named[]): string =>
  ['kubectl delete pod -n', nameText(namespace), ...pods.map(({ name }) => nameText(name))].join(
    ' ',
  );

/** `1 pod`, `3 pods` */
export const podsText = (amount: number): string => `${amount} pod${amount === 1 ? '' : 's'}`;

/** `90 s` of milliseconds. */
export const secondsText = (milliseconds: number): string =>
  `${Math.round(milliseconds / 1_000)} s`;
