import type { Registry } from '@passmuster/core/registry/registry.ts';
import type { Ports } from './ports.ts';

/**
 * The moment by which dates in the policy are judged: that of the registry's server, which nobody in the job
 * can turn; where none was asked, that of this machine.
 */
export const momentOfJudging = (
  { clock }: Pick<Ports, 'clock'>,
  registry: Pick<Registry, 'now'> | undefined,
): number => registry?.now() ?? clock.now();
