import type { Verb } from '@passmuster/action-kit/spec/verb.ts';
import { canaryWish } from './canary-input.ts';
import { type DeployPorts, refuseAtOnce } from './inputs.ts';
import type { spec } from './spec.ts';

/** What is asked wrongly needs nothing of all that it takes to carry it out. */
export const deploy: Verb<typeof spec, DeployPorts> = async (inputs, ports) => {
  refuseAtOnce(inputs);
  const wish = canaryWish(inputs.canary);
  const { atCluster } = await import('../traffic/open-target.ts');
  return atCluster(ports.openCluster, async (cluster) => {
    if (inputs.environment === undefined) {
      const { deployBare } = await import('./bare.ts');
      return deployBare(inputs, ports, cluster);
    }
    if (typeof wish === 'object') {
      const { deployCanary } = await import('./canary.ts');
      return deployCanary(inputs, wish.share, ports, cluster);
    }
    const { deployServing } = await import('./serve.ts');
    return deployServing({ ...inputs, environment: inputs.environment }, ports, cluster);
  });
};
