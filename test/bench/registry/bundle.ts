import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Scripts on our client, which no verb does yet, bundled as a user of ours would: with no plugin. */
export async function bundleScripts(folder: string): Promise<{ list: string; register: string }> {
  const input = { list: here('list.ts'), register: here('register.ts') };
  const bundle = await rolldown({ input, platform: 'node' });
  await bundle.write({ dir: folder, format: 'esm', minify: true, entryFileNames: '[name].mjs' });
  await bundle.close();
  return { list: join(folder, 'list.mjs'), register: join(folder, 'register.mjs') };
}
