import type { Acting, Content } from '@passmuster/core/ledger/ledger.ts';
import { carryOut, type End } from '@passmuster/core/promotions/carry-out.ts';
import { displacedBy } from '@passmuster/core/promotions/marks.ts';
import type { Wish } from '@passmuster/core/promotions/next.ts';
import { bothPlaces } from '@passmuster/core/promotions/places.ts';
import { registryPlaces } from '@passmuster/core/promotions/registry-places.ts';
import type { Step } from '@passmuster/core/promotions/step.ts';
import type { Place } from './place.ts';

/** How a move went, before that is sealed by whoever has carried it out. */
export interface CarriedOut {
  readonly end: End;
  /** Versions that were archived along with it, and that nobody had counted on. */
  readonly displaced: readonly string[];
  /** What the seal tells of it, beside the outcome. */
  readonly result: Content;
}

/** What stands where it should not, for reports and records. */
export const standsIn = (strange: End['strange']) =>
  strange.map(({ step: { kind, place }, value, by }) => ({
    ...{ kind, place, value },
    ...(by && { by: by.name }),
  }));

const resultOf = ({ strange, cause }: End, displaced: readonly string[]): Content => ({
  ...(strange.length > 0 && {
    stands: standsIn(strange),
  }),
  ...(cause && { cause: cause.message.slice(0, 500) }),
  ...(displaced.length > 0 && { displaced }),
});

/** Carries the steps of a move out or puts them back, our own or those that somebody has left. */
export async function carriedOut(
  { registry, model, ports, target }: Pick<Place, 'registry' | 'model' | 'ports' | 'target'>,
  steps: readonly Step[],
  wish: Wish,
  acting: Acting,
): Promise<CarriedOut> {
  const inRegistry = registryPlaces(registry, model);
  const going = target?.going(steps, acting);
  const places = going ? bothPlaces(inRegistry, going.places) : inRegistry;
  const { clock, lease: patience } = ports;
  const ended = await carryOut({
    ...{ steps, wish, acting, places, clock, patience },
    ...(going && { live: going.live }),
  });
  const end = going?.told(ended) ?? ended;
  const marks = inRegistry.newest();
  const displaced = marks ? displacedBy({ steps, marks }) : [];
  return { end, displaced, result: resultOf(end, displaced) };
}
