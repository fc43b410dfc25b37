import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `new URL('./x.ts', import.meta.url)` names a worker: bundled as a chunk of its own, found by its new name. */
const workers: Plugin = {
  name: 'workers',
  transform: {
    filter: { code: /new URL\('\.\/[\w-]+\.ts', import\.meta\.url\)/ },
    async handler(code, importer) {
      let changed = code;
      for (const [whole, path = ''] of code.matchAll(
        /new URL\('(\.\/[\w-]+\.ts)', import\.meta\.url\)/g,
      )) {
        const target = await this.resolve(path, importer);
        if (!target) throw new Error(`${importer} names ${path}, which is not there`);
        const chunk = this.emitFile({ type: 'chunk', id: target.id });
        changed = changed.replace(whole, `new URL(import.meta.ROLLUP_FILE_URL_${chunk})`);
      }
      return changed;
    },
  },
};

/**
 * Parts of `@actions/core` that we never call and that load much: tokens of OpenID Connect (an HTTP client
 * and a second undici) and the name of the platform (child processes).
 */
const withoutUnusedCore: Plugin = {
  name: 'without-unused-core',
  load: {
    filter: { id: /@actions\/core\/lib\/(oidc-utils|platform)\.js$/ },
    handler: () => 'export class OidcClient {}\n',
  },
};

/** Each file that is loaded costs about a millisecond, so what nearly every verb needs is one. */
const GROUPS = [
  { name: 'job', test: /@actions\/core\/|action-kit\/runner\/(?!progress|signals|since)/ },
  { name: 'kit', test: /packages\/(report|action-kit)\/|packages\/core\/(?!policy|shape|yaml)/ },
  { name: 'files', test: /packages\/evidence\/files\/(?!hash-worker)/ },
];

export async function build(folder = `${root}dist`): Promise<{ file: string; bytes: number }[]> {
  await rm(folder, { recursive: true, force: true });
  const bundle = await rolldown({
    cwd: root,
    input: {
      verify: 'actions/verify/main.ts',
      passmuster: 'packages/cli/main.ts',
    },
    platform: 'node',
    plugins: [workers, withoutUnusedCore],
  });
  const { output } = await bundle.write({
    dir: folder,
    format: 'esm',
    minify: true,
    chunkFileNames: 'chunks/[name]-[hash].js',
    codeSplitting: { groups: GROUPS },
  });
  await bundle.close();
  return output.map((chunk) => ({
    file: chunk.fileName,
    bytes: chunk.type === 'chunk' ? Buffer.byteLength(chunk.code) : chunk.source.length,
  }));
}

if (import.meta.main) {
  let total = 0;
  for (const { file, bytes } of await build()) {
    total += bytes;
    console.log(`${String(bytes).padStart(9)}  dist/${file}`);
  }
  console.log(`${String(total).padStart(9)}  in all`);
}
