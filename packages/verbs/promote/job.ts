import type { Place } from '../moving/place.ts';
import type { Ruling } from './grounds.ts';
import type { PlanFile } from './plan-file.ts';
import type { Inputs, Ports } from './ports.ts';

/** One promotion, from its inputs to what it is judged by. */
export interface Job extends Place {
  readonly inputs: Inputs;
  readonly ports: Ports;
  readonly ruling: Ruling;
  /** What an earlier job has planned, to hold this against. */
  readonly planned?: PlanFile | undefined;
}

/** Everybody who set this off: who asked for it now, and who started the run first. */
export const peopleOf = ({ host }: Pick<Ports, 'host'>): string[] => [
  host.actor,
  ...(host.startedBy === undefined ? [] : [host.startedBy]),
];
