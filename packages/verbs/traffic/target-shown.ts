import { namedText } from '@passmuster/core/cluster/steps.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Target } from './target.ts';

/** In which cluster, and by what, as rows of a list. */
export const targetRows = ({ cluster, configmap }: Target): [name: string, value: string][] => [
  ['cluster', quotable(cluster.address, 200)],
  ['configmap', quotable(namedText(configmap.place), 320)],
];
