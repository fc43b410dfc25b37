import type { ConfigMap } from '@passmuster/core/cluster/configmap.ts';
import { witnessIn } from '../traffic/annotations.ts';
import type { Glance } from './look.ts';
import { lostIn } from './lost.ts';
import type { Place } from './place.ts';

/** The same look with what a ConfigMap remembers of the ledger, where the ledger does not have it. */
export async function withWitness<Look extends Glance>(
  { ledger, environment, ports }: Pick<Place, 'ledger' | 'environment' | 'ports'>,
  look: Look,
  configMap: ConfigMap | undefined,
): Promise<Look> {
  const witness = configMap && witnessIn(configMap, ledger.name, environment.name);
  if (witness === undefined) return look;
  const lost = await lostIn(ledger, look.whole, [witness], ports.signal);
  return lost.length === 0 ? look : { ...look, lost: [...look.lost, ...lost] };
}
