import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** Scripts on our own code, bundled as a user of ours would: with no plugin. Where each is, by its name. */
export async function bundleScripts<Name extends string>(
  folder: string,
  input: Readonly<Record<Name, string>>,
): Promise<Record<Name, string>> {
  const bundle = await rolldown({ input, platform: 'node' });
  await bundle.write({ dir: folder, format: 'esm', minify: true, entryFileNames: '[name].mjs' });
  await bundle.close();
  const names = Object.keys(input) as Name[];
  const paths = names.map((name) => [name, join(folder, `${name}.mjs`)]);
  return Object.fromEntries(paths) as Record<Name, string>;
}
