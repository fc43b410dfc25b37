import { lastTraffic } from '@passmuster/core/promotions/canary.ts';
import type { SeenThere } from '../moving/look.ts';
import type { Job } from './job.ts';

/** The ticket by which it is as it is: of a canary, that which has moved the traffic. */
export const madeBy = (
  { canary }: Pick<Job, 'canary'>,
  { history, recorded }: SeenThere,
): string | undefined => (canary ? lastTraffic(history.sealed)?.ticket.number : recorded?.ticket);
