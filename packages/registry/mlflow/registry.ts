import type { Registry } from '@passmuster/core/registry/registry.ts';
import type { Transport } from '../http/transport.ts';
import { artifactMethods } from './artifacts.ts';
import { featureMethods } from './features.ts';
import { modelMethods } from './models.ts';
import { runMethods } from './runs.ts';
import { versionMethods } from './versions.ts';
import { wireOver } from './wire.ts';

/** MLflow, or what speaks as it does: models may live on another server than runs and their files. */
export function mlflowRegistry(transports: { registry: Transport; tracking: Transport }): Registry {
  const { registry, tracking } = transports;
  const models = modelMethods(wireOver(registry));
  return {
    address: registry.address,
    ...models,
    ...versionMethods(wireOver(registry), models),
    ...runMethods(wireOver(tracking)),
    ...artifactMethods(tracking),
    ...featureMethods(transports),
    now: () => registry.now(),
    async close() {
      await Promise.all(Array.from(new Set([registry, tracking]), (one) => one.close()));
    },
  };
}
