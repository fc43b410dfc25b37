import type { Verb } from '@passmuster/action-kit/spec/verb.ts';
import { atPlace } from '../moving/open-place.ts';
import { refuseLedger } from '../register/world.ts';
import { configMapOf } from '../traffic/configmap.ts';
import { atCluster, targetAt } from '../traffic/open-target.ts';
import { deployBare } from './bare.ts';
import { deployCanary } from './canary.ts';
import { canaryWish } from './canary-input.ts';
import { type DeployPorts, refuseAtOnce } from './inputs.ts';
import { outcomeOf } from './outcome.ts';
import { serve } from './serve.ts';
import type { spec } from './spec.ts';

export const deploy: Verb<typeof spec, DeployPorts> = (inputs, ports) => {
  refuseLedger(inputs.model);
  refuseAtOnce(inputs);
  const { model, environment, config, configmap } = inputs;
  const wish = canaryWish(inputs.canary);
  return atCluster(ports.openCluster, async (cluster) => {
    if (environment === undefined) return outcomeOf(await deployBare(inputs, ports, cluster));
    if (typeof wish === 'object') return deployCanary(inputs, wish.share, ports, cluster);
    return atPlace({ model, environment, config }, ports, [], async (place) => {
      const at = configMapOf(place.environment, configmap);
      return outcomeOf(await serve(place, targetAt(cluster, at, inputs, ports), inputs));
    });
  });
};
