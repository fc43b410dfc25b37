import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Clock } from '@passmuster/core/clock.ts';
import type { Host } from '@passmuster/core/host.ts';
import type { OpenRegistry, PolicyAddress } from '@passmuster/core/registry/open.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import { embeddedPath } from '@passmuster/core/registry-address.ts';
import type { Voice } from '@passmuster/core/voice.ts';
import type { Connections } from './connection/connection.ts';
import type { Bounds } from './http/transport.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export interface Opening {
  /** What the input says. */
  readonly address: string | undefined;
  readonly variables: Variables;
  /** The user's, for MLflow's file of credentials. */
  readonly home: string;
  /** Milliseconds that the verb may wait for others; what it does itself comes on top. */
  readonly patience?: number;
  /** For whoever only reads: no file is made, and one that is empty stays so. */
  readonly makesNoFile?: boolean;
  readonly clock: Clock;
  readonly host: Host;
  readonly voice: Voice;
}

const OWN_WORK_MS = 600_000;

/** A run that was told to stop still says how it ended: what ends its requests is their deadline. */
const boundsOf = ({ patience = 0, clock, host }: Opening): Bounds => ({
  deadline: patience + OWN_WORK_MS,
  clock,
  random: () => Number.parseInt(host.random(4), 16) / 2 ** 32,
  signal: new AbortController().signal,
});

/** Where SQLite keeps what ends with the process. */
const NOWHERE = ':memory:';

const isNoRegistryYet = (path: string): boolean => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined || found.size === 0;
};

async function embedded(path: string, shown: string, opening: Opening): Promise<Registry> {
  const { host, variables, voice, makesNoFile } = opening;
  const file = makesNoFile && isNoRegistryYet(path) ? NOWHERE : path;
  if (file === NOWHERE)
    voice.warn(`There is no registry in ${shown} yet; it is taken for an empty one.`);
  if (variables['RUNNER_ENVIRONMENT'] === 'github-hosted') {
    voice.warn(`The registry is ${shown}, a file of this machine: it ends with the job.`);
  }
  const [{ startEmbedded }, { localConnection }, { mlflowRegistry }, { openTransport }] =
    await Promise.all([
      import('./embedded/server.ts'),
      import('./connection/connection.ts'),
      import('./mlflow/registry.ts'),
      import('./http/transport.ts'),
    ]);
  // Others on this machine reach the port as well.
  const token = host.random(16);
  const server = await startEmbedded({ file, host: '127.0.0.1', port: 0, token });
  const transport = openTransport(localConnection(server.url, token, shown), boundsOf(opening));
  const registry = mlflowRegistry({ registry: transport, tracking: transport });
  return {
    ...registry,
    async close() {
      await registry.close();
      await server.close();
    },
  };
}

function announce({ secrets, warnings }: Connections, { voice }: Opening): void {
  for (const secret of secrets) voice.hide(secret);
  for (const warning of warnings) voice.warn(warning);
}

async function remote(given: PolicyAddress | undefined, opening: Opening): Promise<Registry> {
  const { variables, home } = opening;
  const [{ connectionsOf }, { readConnectionFiles }, { mlflowRegistry }, { openTransport }] =
    await Promise.all([
      import('./connection/connection.ts'),
      import('./connection/files.ts'),
      import('./mlflow/registry.ts'),
      import('./http/transport.ts'),
    ]);
  const files = await readConnectionFiles(variables, home);
  const connections = connectionsOf({ ...(given && { given }), variables, ...files });
  announce(connections, opening);
  const registry = openTransport(connections.registry, boundsOf(opening));
  const tracking =
    connections.tracking === connections.registry
      ? registry
      : openTransport(connections.tracking, boundsOf(opening));
  return mlflowRegistry({ registry, tracking });
}

/** Loads what the address needs, and no more. */
export const registryOpener =
  (opening: Opening): OpenRegistry =>
  (policy) => {
    const { address, variables } = opening;
    const input = { from: 'The input `registry`', trusted: true, folder: '' };
    const given = address ? { ...input, value: address } : policy;
    const value = given?.value ?? variables['MLFLOW_TRACKING_URI'] ?? '';
    const file = embeddedPath(value);
    if (file === undefined) return remote(given, opening);
    const base = resolve(variables['GITHUB_WORKSPACE'] ?? '', given?.folder ?? '');
    return embedded(resolve(base, file), value, opening);
  };
