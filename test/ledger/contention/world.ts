import type { LedgerRegistry } from '@passmuster/core/ledger/context.ts';
import type { Call } from '@passmuster/core/registry/registry.ts';

/** What the contenders move: a tag on each of these versions, one write each. */
const NUMBERS = ['1', '2', '3'];
const TAG = 'effect';

export const NOWHERE = '0';

/** What stands where once the model has been moved to a version. */
export const placesAt = (version: string): readonly string[] =>
  NUMBERS.map((_, step) => `${version}:${step}`);

export async function makeWorld(registry: LedgerRegistry, model: string): Promise<void> {
  await registry.createModel({ name: model });
  for (const value of placesAt(NOWHERE)) {
    const tags = new Map([[TAG, value]]);
    await registry.createVersion({ model, source: 's3://bucket/model', tags });
  }
}

/** In one question, so that all of it is of one moment. */
export async function lookAtWorld(
  registry: LedgerRegistry,
  model: string,
): Promise<readonly string[]> {
  const places: string[] = [];
  for await (const { tags } of registry.versions({ model, order: 'oldest' })) {
    places.push(tags.get(TAG) ?? '');
  }
  return places;
}

export const writePlace = (
  registry: LedgerRegistry,
  model: string,
  step: number,
  value: string,
  call: Call,
): Promise<void> => registry.tagVersion(model, NUMBERS[step] ?? '', TAG, value, call);
