import { spawn } from 'node:child_process';
import { isAbsolute, resolve } from 'node:path';
import type { Clock } from '@passmuster/core/clock.ts';
import { ClusterError } from '@passmuster/core/cluster/error.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Variables } from '../opening.ts';
import type { Access, Credentials } from './access.ts';
import { type Fields, isFields, textIn } from './kubeconfig-files.ts';

export interface Plugin {
  readonly exec: Fields;
  /** The cluster that it is to log in at. */
  readonly about: {
    readonly address: string;
    readonly ca?: string;
    readonly caData: string | undefined;
    readonly serverName?: string;
    readonly proxyUrl?: string;
    readonly config: unknown;
  };
  readonly variables: Variables;
  readonly clock: Clock;
  /** Of the kubeconfig. */
  readonly folder: string;
}

/** Long enough to ask a cloud, and not for a person to come. */
const PATIENCE_MS = 60_000;
const MOST_BYTES = 1024 * 1024;

/** Whoever goes by it has its expiry in mind well before. */
const OF_ITS_LIFE = 0.8;

/** A path is one from the kubeconfig; a bare name is looked for where programs are. */
const commandOf = ({ exec, folder }: Plugin): string => {
  const command = textIn(exec, 'command');
  return /[/\\]/.test(command) && !isAbsolute(command) ? resolve(folder, command) : command;
};

/** What plugins ask of us by this variable; some cannot do without. */
function execInfo({ exec, about }: Plugin): string {
  const { address, ca, caData, serverName, proxyUrl, config } = about;
  const data = caData ?? (ca && Buffer.from(ca).toString('base64'));
  const cluster = {
    server: address,
    ...(data && { 'certificate-authority-data': data }),
    ...(serverName && { 'tls-server-name': serverName }),
    ...(proxyUrl && { 'proxy-url': proxyUrl }),
    ...(config !== undefined && { config }),
  };
  return JSON.stringify({
    apiVersion: textIn(exec, 'apiVersion'),
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec['provideClusterInfo'] === true && { cluster }) },
  });
}

const textsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : []).filter((one) => typeof one === 'string');

function variablesFor(plugin: Plugin): NodeJS.ProcessEnv {
  const own = plugin.exec['env'];
  const pairs = (Array.isArray(own) ? own : [])
    .filter(isFields)
    .map((one) => [textIn(one, 'name'), textIn(one, 'value')]);
  return {
    ...plugin.variables,
    ...Object.fromEntries(pairs),
    KUBERNETES_EXEC_INFO: execInfo(plugin),
  };
}

const lastLine = (text: string): string =>
  text
    .trimEnd()
    .split(/[\r\n]+/)
    .at(-1)
    ?.trim() ?? '';

interface Ran {
  readonly output: string;
  /** Why it is of no use. */
  readonly failed?: string;
}

const NOT_INSTALLED = 'it is not installed';

function ran(plugin: Plugin): Promise<Ran> {
  const child = spawn(commandOf(plugin), textsIn(plugin.exec['args']), {
    env: variablesFor(plugin),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (piece: string) => {
      texts[name] = (texts[name] + piece).slice(-MOST_BYTES);
    });
  }
  // Not by the option of `spawn`: its timer stays for one that could not be started.
  const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  return new Promise((done) => {
    child.on('error', (error) => {
      clearTimeout(late);
      const code = 'code' in error ? String(error.code) : error.message;
      done({ output: '', failed: code === 'ENOENT' ? NOT_INSTALLED : code });
    });
    child.on('close', (code, signal) => {
      clearTimeout(late);
      if (code === 0) return done({ output: texts.stdout });
      const said = lastLine(texts.stderr);
      const how = signal === null ? `it ended with ${code}` : `it was ended by ${signal}`;
      done({ output: '', failed: said === '' ? how : `${how}, "${quotable(said, 200)}"` });
    });
  });
}

function statusIn(output: string): Fields | undefined {
  try {
    const answer: unknown = JSON.parse(output);
    const status = isFields(answer) ? answer['status'] : undefined;
    return isFields(status) ? status : undefined;
  } catch {
    return undefined;
  }
}

function failed({ exec }: Plugin, why: string): ClusterError {
  const message = `The plugin ${quotable(textIn(exec, 'command'), 200)} of the kubeconfig gave no credentials: ${why}.`;
  const install = quotable(lastLine(textIn(exec, 'installHint')), 200);
  const isMissing = why === NOT_INSTALLED;
  const hint =
    install ||
    (isMissing ? 'Install it, or put it on PATH.' : 'Run it by hand to see what it misses.');
  return new ClusterError({ reason: 'denied', effect: 'none' }, { message, hint });
}

interface Given {
  readonly credentials: Credentials;
  /** Milliseconds for which they are good. */
  readonly lifetime: number;
}

async function given(plugin: Plugin): Promise<Given> {
  if (plugin.exec['interactiveMode'] === 'Always') {
    throw failed(plugin, 'it wants to ask a person, and nobody is there');
  }
  const { output, failed: why } = await ran(plugin);
  if (why !== undefined) throw failed(plugin, why);
  const status = statusIn(output);
  const [token, cert, key] = ['token', 'clientCertificateData', 'clientKeyData'].map((name) =>
    status ? textIn(status, name) : '',
  );
  if (!status || (!token && !(cert && key))) {
    throw failed(plugin, 'what it printed holds neither a token nor a certificate with its key');
  }
  const expires = Date.parse(textIn(status, 'expirationTimestamp'));
  return {
    credentials: {
      headers: token ? { authorization: `Bearer ${token}` } : {},
      ...(cert && key && { cert, key }),
      secrets: token ? [token] : [],
    },
    lifetime: Number.isNaN(expires) ? Infinity : (expires - plugin.clock.now()) * OF_ITS_LIFE,
  };
}

/** Credentials from a program; it runs again when they are old or refused. */
export function execPlugin(plugin: Plugin): Pick<Access, 'credentials' | 'renew'> {
  const { clock } = plugin;
  let held: { readonly given: Promise<Given>; readonly since: number } | undefined;
  return {
    async credentials() {
      if (held) {
        const { credentials, lifetime } = await held.given;
        if (clock.elapsed() - held.since < lifetime) return credentials;
      }
      const asked = { given: given(plugin), since: clock.elapsed() };
      held = asked;
      asked.given.catch(() => {
        if (held === asked) held = undefined;
      });
      return (await asked.given).credentials;
    },
    renew() {
      held = undefined;
      return true;
    },
  };
}
