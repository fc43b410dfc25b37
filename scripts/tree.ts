import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Every source file of the repository, by its path from the root. */
export async function sourceTree(): Promise<ReadonlyMap<string, string>> {
  const tree = new Map<string, string>();
  const sources = ['{packages,actions,scripts,test}/**/*.{ts,js,mjs}', '*.{ts,js,mjs}'];
  for await (const file of glob(sources, { cwd: root, exclude: ['**/node_modules/**'] })) {
    tree.set(file.replaceAll('\\', '/'), await readFile(`${root}${file}`, 'utf8'));
  }
  return tree;
}
