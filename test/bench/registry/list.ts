import { ourClient } from './our-client.ts';

const [model = ''] = process.argv.slice(2);
const registry = await ourClient();
for await (const { number, tags } of registry.versions({ model, order: 'oldest' })) {
  const shown = [...tags].map(([key, value]) => `${key}=${value}`);
  console.log(number, shown.sort().join(','));
}
await registry.close();
