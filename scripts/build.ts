import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';
import { foldersIn } from './generate.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** `new URL('./x.ts', import.meta.url)` names a worker: a bundle of its own, found by its new name. */
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
        const source = await alone(target.id);
        const file = this.emitFile({
          type: 'asset',
          name: path.slice(2).replace('.ts', '.js'),
          source,
        });
        changed = changed.replace(whole, `new URL(import.meta.ROLLUP_FILE_URL_${file})`);
      }
      return changed;
    },
  },
};

/** What a worker runs shares no chunk with the entry: loading that would run the entry once more. */
async function alone(input: string): Promise<string> {
  const bundle = await rolldown({ cwd: root, input, platform: 'node' });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  if (output.length > 1) throw new Error(`${input} does not fit into one file`);
  return output[0].code;
}

/**
 * Parts of `@actions/core` that we never call and that load much: tokens of OpenID Connect (an HTTP client
 * and a second undici), the name of the platform (child processes), its own summary (promises of files).
 */
const withoutUnusedCore: Plugin = {
  name: 'without-unused-core',
  load: {
    filter: { id: /@actions\/core\/lib\/(oidc-utils|platform|summary)\.js$/ },
    handler: () => 'export class OidcClient {}\nexport const summary = {}, markdownSummary = {};\n',
  },
};

/**
 * Parts of undici that we never use: HTTP/2 (which is turned off), SOCKS (which is refused), bodies as a
 * browser has them, and its parser in JavaScript, in whose place a bundle takes the one in WebAssembly.
 */
const withoutUnusedUndici: Plugin = {
  name: 'without-unused-undici',
  load: {
    filter: {
      id: /(?<!client-node\/node_modules\/)undici\/lib\/(dispatcher\/(client-h2|parser-h1|socks5-proxy-agent)|web\/fetch\/(body|formdata))\.js$/,
    },
    handler: () => 'module.exports = {};\n',
  },
};

/**
 * Parts of the Kubernetes client that we never use: of all that it has we take what a kubeconfig says of a user,
 * and send requests ourselves.
 */
const withoutUnusedKubernetes: Plugin = {
  name: 'without-unused-kubernetes',
  load: {
    filter: {
      id: /(client-node\/node_modules\/undici\/index|client-node\/dist\/(gen\/index|middleware)|socks\/build\/index|socks-proxy-agent\/dist\/index|hpagent\/index)\.(m?js)$/,
    },
    handler: () =>
      'export const Agent = 0, ProxyAgent = 0, SocksClient = 0, SocksProxyAgent = 0, HttpProxyAgent = 0, HttpsProxyAgent = 0, createConfiguration = 0, ServerConfiguration = 0, setHeaderMiddleware = 0;\n',
  },
};

/** We read a kubeconfig ourselves, and hand it over as JSON. */
const yamlAsJson: Plugin = {
  name: 'yaml-as-json',
  load: {
    filter: { id: /js-yaml\/dist\/js-yaml\.mjs$/ },
    handler: () => 'export const load = JSON.parse;\n',
  },
};

/** Whose undici all of ours take: each package has a copy of its own, and one is enough for a process. */
const HOLDER = 'packages/registry/package.json';

const versionIn = (file: string): string =>
  JSON.parse(readFileSync(`${root}${file}`, 'utf8')).dependencies.undici;

const oneUndici: Plugin = {
  name: 'one-undici',
  resolveId: {
    filter: { id: /^undici\// },
    handler(id, importer = '') {
      const [, ours] = /^(packages\/[^/]+)\//.exec(relative(root, importer)) ?? [];
      if (ours === undefined) return null;
      const [here, there] = [versionIn(`${ours}/package.json`), versionIn(HOLDER)];
      if (here !== there) throw new Error(`${ours} wants undici ${here}, not ${there}`);
      return this.resolve(id, `${root}${HOLDER}`);
    },
  },
};

/**
 * An `import` of a module of Node reads all of its members, also those that load more when they are read
 * (streams and promises of files); asking for the module itself reads what is used.
 */
const builtinsAsked: Plugin = {
  name: 'builtins-asked',
  renderChunk: (code) =>
    code
      // A `require` would load all that finds files, and only modules of Node are asked for.
      .replace(/\bimport\s*\{\s*createRequire\s*\}\s*from\s*["']node:module["'];?/, '')
      .replace(/\bcreateRequire\(import\.meta\.url\)/, 'process.getBuiltinModule')
      .replace(/\b__require\("([^"]*)"\)/g, (call, name: string) => {
        if (!isBuiltin(name)) throw new Error(`${name} is required, and is not in the bundle`);
        return call;
      })
      .replace(
        /\bimport\s+([\w$]+)\s+from\s*["']((?:node:)?[a-z_/]+)["'];?/g,
        (_, name: string, from: string) => `const ${name} = process.getBuiltinModule("${from}");`,
      )
      .replace(
        /\bimport\s*\{([^}]*)\}\s*from\s*["']((?:node:)?[a-z_/]+)["'];?/g,
        (_, names: string, from: string) =>
          `const {${names.replace(/\bas\b/g, ':')}} = process.getBuiltinModule("${from}");`,
      )
      .replace(
        /\bimport\s*\*\s*as\s+([\w$]+)\s*from\s*["']((?:node:)?[a-z_/]+)["'];?/g,
        (_, name: string, from: string) => `const ${name} = process.getBuiltinModule("${from}");`,
      ),
};

/** What nearly every run needs: of what opens others the part that loads nothing, too. */
const OURS =
  /\/packages\/(report|action-kit|core|evidence\/files)\/|\/(forge|registry)\/open\.ts$|\/wiring\/validate\.ts$|\/verbs\/validate\/moment\.ts$|\/cli\/command\.ts$/;
/** What brings a library, the ledger, the judging or the cluster with it. */
const SOMETIMES =
  /\/(action-kit\/spec\/lease|core\/(yaml|policy|shape|cluster|manifest\/dvc|ledger|versions|registry\/|evidence|gates|environments|promotions|approvals)|evidence\/files\/(hash-worker|thread-lane))/;
/** What of that is less than a file of its own costs. */
const TINY =
  /\/core\/(yaml\/limits|cluster\/(serving|steps)|policy\/(age|branch-policy|defaults|registry-of|trusted-policy|unknown-environment|until)|registry\/error|ledger\/name|versions\/(identifier|selector|semantic|timestamp|registry-number)|evidence\/evaluation-files|gates\/(gate|lines|metric-text|number-text|odd-name|usable))\.ts$/;
/** What every verb needs that goes by a ledger. */
const LEDGER =
  /\/(action-kit\/spec\/lease|core\/((ledger|versions|registry|environments|promotions)\/|policy\/shapes\/names)|wiring\/(moving|cluster|serving)|cluster\/open|verbs\/(moving\/|traffic\/(configmap|inputs)|register\/(tags|witness|world)))/;

/** Small code of ours that nearly every run needs. */
const isOwn = (id: string): boolean => OURS.test(id) && (TINY.test(id) || !SOMETIMES.test(id));

async function entries(): Promise<Record<string, string>> {
  const verbs = await foldersIn(`${root}actions`);
  const ofActions = verbs.map((verb) => [verb, `actions/${verb}/main.ts`]);
  return {
    ...Object.fromEntries(ofActions),
    run: 'actions/main.ts',
    passmuster: 'packages/cli/main.ts',
  };
}

interface Built {
  readonly file: string;
  readonly bytes: number;
}

/**
 * What an entry always needs is in few files, since each file that is loaded costs a millisecond or two; what
 * it may need is in chunks that are loaded when it does. All entries share them.
 */
async function bundle(input: Record<string, string>, folder: string): Promise<Built[]> {
  const bundle = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    plugins: [
      ...[workers, oneUndici, builtinsAsked],
      ...[withoutUnusedCore, withoutUnusedUndici, withoutUnusedKubernetes],
      yamlAsJson,
    ],
    // How undici is told that it is in a bundle.
    transform: { define: { esbuildDetection: '1' } },
    onLog: (level, log) => {
      if (level !== 'debug') throw new Error(log.message);
    },
  });
  const { output } = await bundle.write({
    dir: folder,
    format: 'esm',
    minify: true,
    chunkFileNames: 'chunks/[name]-[hash].js',
    assetFileNames: 'chunks/[name]-[hash].js',
    codeSplitting: {
      groups: [
        { name: 'own', test: isOwn, priority: 1 },
        { name: 'ledger', test: LEDGER },
      ],
    },
  });
  await bundle.close();
  return output.map((chunk) => ({
    file: chunk.fileName,
    bytes: chunk.type === 'chunk' ? Buffer.byteLength(chunk.code) : chunk.source.length,
  }));
}

/** All bundles, as a release ships them. */
export async function build(folder = `${root}dist`): Promise<Built[]> {
  await rm(folder, { recursive: true, force: true });
  return bundle(await entries(), folder);
}

if (import.meta.main) {
  let total = 0;
  for (const { file, bytes } of await build()) {
    total += bytes;
    console.log(`${String(bytes).padStart(9)}  dist/${file}`);
  }
  console.log(`${String(total).padStart(9)}  in all`);
}
