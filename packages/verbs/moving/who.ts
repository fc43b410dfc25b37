import { runUrl } from '@passmuster/core/host.ts';
import type { Mover } from '@passmuster/core/promotions/record.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Ports } from './ports.ts';

/** Who is moving something, for the record. */
export function moverOf({ host }: Pick<Ports, 'host'>): Mover {
  const { actor, startedBy, run } = host;
  return {
    actor,
    ...(startedBy !== undefined && { started_by: startedBy }),
    ...(run && { run: runUrl(run), repository: run.repository }),
  };
}

/** `alice`, or `alice, in a run that bob had started`. */
export const moverText = ({ actor, started_by: started }: Mover): string =>
  started === undefined
    ? quotable(actor)
    : `${quotable(actor)}, in a run that ${quotable(started)} had started`;
