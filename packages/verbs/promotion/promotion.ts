import type { OutputsOf, Surroundings, Verb } from '@passmuster/action-kit/spec/verb.ts';
import type { Outcome } from '@passmuster/core/outcome.ts';
import { registryOf } from '@passmuster/core/policy/registry-of.ts';
import { policyFor } from '@passmuster/core/policy/trusted-policy.ts';
import type { Environment } from '../moving/place.ts';
import { atJob } from '../promote/open-job.ts';
import { outcomeOf } from '../promote/outcome.ts';
import { promoted } from '../promote/promoted.ts';
import { configMapOf } from '../traffic/configmap.ts';
import { atCluster, targetAt } from '../traffic/open-target.ts';
import { verify } from '../verify/run.ts';
import type { Inputs, RunPorts } from './inputs.ts';
import type { spec } from './spec.ts';

type Ports = RunPorts & Surroundings;
type Outputs = OutputsOf<typeof spec>;

const NOTHING_MOVED = { 'promotion-id': '', from: '', to: '', record: '' };

/** Files that are not those which were registered end it, before anything is judged. */
async function unverified(inputs: Inputs, ports: Ports): Promise<Outcome<Outputs> | undefined> {
  const { path, model, version, manifest } = inputs;
  if (path === undefined) return undefined;
  const policy = registryOf(await policyFor(ports, inputs.config, ports.signal));
  const outcome = await verify(
    {
      ...{ path, model, version, manifest, registry: inputs.registry },
      'allow-extra': inputs['allow-extra'],
      'expect-version': undefined,
      write: false,
    },
    { ...ports, openRegistry: (given) => ports.openRegistry(given ?? policy) },
  );
  if (outcome.result === 'done') return undefined;
  return { ...outcome, outputs: { outcome: 'refused', ...NOTHING_MOVED } };
}

/** Judged, moved in the registry and served: one ticket, one record, and one way back. */
export const promotion: Verb<typeof spec, RunPorts> = async (inputs, ports) => {
  const ended = await unverified(inputs, ports);
  if (ended) return ended;
  return atCluster(ports.openCluster, (cluster) => {
    const target = (environment: Environment) =>
      targetAt(cluster, configMapOf(environment, inputs.configmap), inputs, ports);
    const asked = { ...inputs, stage: undefined, alias: undefined };
    return atJob(asked, ports, { verb: 'run', target }, async (asking) => {
      const { job, result } = await promoted(asking);
      return outcomeOf(job, result);
    });
  });
};
