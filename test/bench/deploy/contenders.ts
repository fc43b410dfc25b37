import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from '../measure.ts';
import { asAction, type Built } from '../starters.ts';
import { MODEL, type Namespace, type World } from './world.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

type Inputs = Readonly<Record<string, string>>;

export interface Contenders {
  /** What scripts do: look, patch, restart, wait. */
  kubectl(version: string): Command;
  /** One look, which is as much as it takes to see that nothing changes. */
  readonly look: Command;
  verb(version: string): Command;
  /** The same, of a cluster that is named by inputs in place of a kubeconfig. */
  byServer(version: string): Command;
  action(version: string): Command;
  /** With what `promote` has moved, on record. */
  readonly environment: Command;
  promote(version: string): Command;
  readonly help: Command;
  readonly noInputs: Command;
}

const flags = (inputs: Inputs): string[] =>
  Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value]);

/** Who else has a version served, and how a user would have it done. */
export function contenders(built: Built, { kubernetes, folder, registry }: World): Contenders {
  const env = {
    KUBECONFIG: kubernetes.kubeconfig,
    MLFLOW_TRACKING_URI: registry,
    HOME: folder,
    PATH: `${dirname(kubernetes.kubectl)}:${process.env['PATH']}`,
  };
  const command = (...argv: [string, ...string[]]): Command => ({ argv, env, folder });
  const passmuster = (verb: string, ...args: string[]): Command =>
    command(process.execPath, join(built.dist, 'passmuster.js'), verb, ...args);
  const action = (inputs: Inputs, code = 0): Command => {
    const step = asAction(built, 'deploy', inputs);
    return { ...step, folder, code, env: { ...step.env, ...env } };
  };
  const bare = (namespace: Namespace, version: string) => ({
    ...{ model: MODEL, version, configmap: `${namespace}/versions` },
  });
  const production = { model: MODEL, environment: 'production' };
  const scores = { evaluations: 'scores.json' };
  const server = { server: kubernetes.url, ca: join(kubernetes.folder, 'identities/ca.crt') };
  const get = ['get', 'configmap', 'versions', '--namespace', 'by-kubectl', '--output', 'json'];
  return {
    kubectl: (version) => command('sh', here('move.sh'), 'by-kubectl', version),
    look: command(kubernetes.kubectl, ...get),
    verb: (version) => passmuster('deploy', ...flags(bare('by-verb', version))),
    byServer(version) {
      const inputs = { ...bare('by-verb', version), ...server, token: kubernetes.adminToken };
      return passmuster('deploy', ...flags(inputs));
    },
    action: (version) => action(bare('by-action', version)),
    environment: passmuster('deploy', ...flags(production)),
    promote: (version) => passmuster('promote', ...flags({ ...production, ...scores, version })),
    help: passmuster('deploy', '--help'),
    noInputs: action({}, 2),
  };
}
