import { policyFor } from '@passmuster/core/policy/trusted-policy.ts';
import { withoutCredentials } from '@passmuster/core/quote.ts';
import { atLedger } from '../moving/open-place.ts';
import type { Environment } from '../moving/place.ts';
import { refuseLedger } from '../register/world.ts';
import type { Target } from '../traffic/target.ts';
import type { Job } from './job.ts';
import { readPlan } from './plan-file.ts';
import type { Inputs, Ports } from './ports.ts';
import { readRuling, refuseAtOnce } from './read-ruling.ts';
import { whereTo } from './where.ts';

/** What stays on record for good holds no secret that somebody has put into it. */
function withoutSecrets(given: Inputs): Inputs {
  const { reason, override } = given;
  return {
    ...given,
    ...(reason !== undefined && { reason: withoutCredentials(reason) }),
    ...(override !== undefined && { override: withoutCredentials(override) }),
  };
}

/** What a verb makes of a promotion. */
export interface Manner extends Pick<Job, 'verb' | 'canary'> {
  /** What serves, once it is known which environment it is; absent where only the registry moves. */
  readonly target?: (environment: Environment) => Target;
}

/** Opens all that a promotion needs for as long as `work` takes. */
export async function atJob<Result>(
  given: Inputs,
  ports: Ports,
  { verb, canary, target }: Manner,
  work: (job: Job) => Promise<Result>,
): Promise<Result> {
  const inputs = withoutSecrets(given);
  const { model, config } = inputs;
  refuseLedger(model);
  refuseAtOnce(inputs);
  const policy = await policyFor(ports, config, ports.signal);
  const planned = await readPlan({ inputs, ports });
  const environment = whereTo(inputs, policy);
  const ruling = await readRuling(inputs, ports, policy, environment);
  return atLedger(model, policy, ports, (at) =>
    work({
      ...{ ...at, environment, inputs, ports, policy, ruling, model, planned, verb },
      ...(canary && { canary }),
      ...(target && { target: target(environment) }),
    }),
  );
}
