import type { OutputsOf } from '@passmuster/action-kit/spec/verb.ts';
import type { Cluster } from '@passmuster/core/cluster/cluster.ts';
import type { Outcome } from '@passmuster/core/outcome.ts';
import { atJob } from '../promote/open-job.ts';
import { outcomeOf } from '../promote/outcome.ts';
import { promoted } from '../promote/promoted.ts';
import { configMapOf } from '../traffic/configmap.ts';
import { targetAt } from '../traffic/open-target.ts';
import type { Inputs, Ports } from './inputs.ts';
import type { spec } from './spec.ts';

/** Judged, approved and put on record as a promotion is; but no alias and no stage moves. */
export function deployCanary(
  inputs: Inputs,
  share: number,
  ports: Ports,
  cluster: Cluster,
): Promise<Outcome<OutputsOf<typeof spec>>> {
  const asked = {
    ...inputs,
    version: inputs.version ?? '',
    stage: undefined,
    alias: undefined,
    expect: undefined,
    plan: undefined,
    'plan-file': undefined,
  };
  const target = (environment: Parameters<typeof configMapOf>[0]) =>
    targetAt(cluster, configMapOf(environment, inputs.configmap), inputs, ports);
  return atJob(asked, ports, { verb: 'deploy', canary: { share }, target }, async (job) => {
    const told = await promoted(job);
    const { outputs, report, ...outcome } = outcomeOf(told.job, told.result);
    const { traffic } = told.result.considered;
    const serving = { ...(traffic && { traffic }), cluster: cluster.address };
    const ended = outputs.outcome === 'promoted' ? 'canary' : outputs.outcome;
    return {
      ...outcome,
      outputs: { ...outputs, outcome: ended },
      report: { ...report, ...serving, outcome: ended },
    };
  });
}
