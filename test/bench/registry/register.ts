import { RegistryError } from '@passmuster/core/registry/error.ts';
import { ourClient } from './our-client.ts';

const [model = '', name = '', digest = ''] = process.argv.slice(2);
const registry = await ourClient();
await registry.createModel({ name: model }).catch((error: unknown) => {
  if (!(error instanceof RegistryError) || error.failure.reason !== 'exists') throw error;
});
const tags = new Map([
  ['passmuster.version', name],
  ['passmuster.digest', digest],
]);
await registry.createVersion({ model, source: 's3://models/bench', tags });
await registry.close();
