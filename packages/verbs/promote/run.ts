import type { Verb } from '@passmuster/action-kit/spec/verb.ts';
import { atJob } from './open-job.ts';
import { outcomeOf } from './outcome.ts';
import type { PromotePorts } from './ports.ts';
import { promoted } from './promoted.ts';
import type { spec } from './spec.ts';

export const promote: Verb<typeof spec, PromotePorts> = (inputs, ports) =>
  atJob(inputs, ports, { verb: 'promote' }, async (asked) => {
    const { job, result } = await promoted(asked);
    return outcomeOf(job, result);
  });
