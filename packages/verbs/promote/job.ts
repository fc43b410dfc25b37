import type { Place } from '../moving/place.ts';
import type { Ruling } from './grounds.ts';
import type { PlanFile } from './plan-file.ts';
import type { Inputs, Ports } from './ports.ts';

/** One promotion, from its inputs to what it is judged by. */
export interface Job extends Place {
  /** By which it was asked for. */
  readonly verb: 'promote' | 'run' | 'deploy';
  readonly inputs: Inputs;
  readonly ports: Ports;
  readonly ruling: Ruling;
  /** A share of the traffic is all that the version is to get: registry and champion stay as they are. */
  readonly canary?: { readonly share: number };
  /** What an earlier job has planned, to hold this against. */
  readonly planned?: PlanFile | undefined;
}

/** Everybody who set this off: who asked for it now, and who started the run first. */
export const peopleOf = ({ host }: Pick<Ports, 'host'>): string[] => [
  host.actor,
  ...(host.startedBy === undefined ? [] : [host.startedBy]),
];
