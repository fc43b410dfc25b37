import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { tool } from './install.ts';
import { freePort, type Service, serviceFolder, startService } from './service.ts';
import { TOOLS } from './tools.ts';

export type MlflowVersion = '3.17.2' | '2.22.5';

export interface MlflowOptions {
  /** How many processes serve; one when nothing is said. */
  readonly workers?: number;
  /** Accounts and permissions, with an administrator to begin with. */
  readonly basicAuth?: boolean;
  /** `/below`, where its pages are and, since 3.x, its API too. */
  readonly staticPrefix?: string;
  /** Clients are to reach the artifact store by themselves. */
  readonly noArtifacts?: boolean;
  /** Files in place of a database. */
  readonly fileStore?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Mlflow extends Service {
  /** With the static prefix. */
  readonly url: string;
  readonly admin?: { readonly user: string; readonly password: string };
}

export const MLFLOW_VERSIONS = ['3.17.2', '2.22.5'] as const satisfies readonly MlflowVersion[];

/** MLflow's own server on a free port, with a store of its own that goes when it stops. */
export async function startMlflow(
  version: MlflowVersion,
  options: MlflowOptions = {},
): Promise<Mlflow> {
  const program = await mlflowProgram(version);
  const folder = await serviceFolder(`mlflow-${version}`);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const url = `${origin}${options.staticPrefix ?? ''}`;
  const admin = { user: 'admin', password: randomBytes(12).toString('hex') };
  if (options.basicAuth === true) await writeAccounts(folder, admin);
  const service = await startService(folder, {
    name: `MLflow ${version}`,
    program,
    args: ['server', '--host', '127.0.0.1', '--port', `${port}`, ...flags(folder, options)],
    env: { ...settings(folder, options), ...options.env },
    // Where the prefix goes before this too differs between versions.
    ready: async (signal) => (await isHealthy(url, signal)) || isHealthy(origin, signal),
  });
  return { ...service, url, ...(options.basicAuth === true && { admin }) };
}

/** The path of MLflow's own program, whose folder holds the Python that it runs in. */
export function mlflowProgram(version: MlflowVersion): Promise<string> {
  const name = version === TOOLS['mlflow-3'].version ? 'mlflow-3' : 'mlflow-2';
  return tool(name);
}

function flags(folder: string, options: MlflowOptions): string[] {
  const { workers = 1, basicAuth, staticPrefix, noArtifacts, fileStore } = options;
  const store = fileStore === true ? `file://${folder}/mlruns` : `sqlite:///${folder}/mlflow.db`;
  const given = ['--backend-store-uri', store, '--workers', `${workers}`];
  const artifacts = `${folder}/artifacts`;
  if (noArtifacts === true)
    given.push('--no-serve-artifacts', '--default-artifact-root', artifacts);
  else given.push('--artifacts-destination', artifacts);
  if (basicAuth === true) given.push('--app-name', 'basic-auth');
  if (staticPrefix !== undefined) given.push('--static-prefix', staticPrefix);
  return given;
}

function settings(folder: string, { basicAuth, fileStore }: MlflowOptions): Record<string, string> {
  return {
    // It would tell its makers of every start.
    MLFLOW_DISABLE_TELEMETRY: 'true',
    DO_NOT_TRACK: 'true',
    // Eight processes more, of 230 MB each, for what no test of ours asks.
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
    ...(fileStore === true && { MLFLOW_ALLOW_FILE_STORE: 'true' }),
    ...(basicAuth === true && {
      MLFLOW_AUTH_CONFIG_PATH: `${folder}/accounts.ini`,
      MLFLOW_FLASK_SERVER_SECRET_KEY: randomBytes(16).toString('hex'),
    }),
  };
}

const writeAccounts = (
  folder: string,
  admin: { readonly user: string; readonly password: string },
): Promise<void> =>
  writeFile(
    `${folder}/accounts.ini`,
    `[mlflow]
default_permission = READ
database_uri = sqlite:///${folder}/accounts.db
admin_username = ${admin.user}
admin_password = ${admin.password}
authorization_function = mlflow.server.auth:authenticate_request_basic_auth
`,
  );

const isHealthy = async (url: string, signal: AbortSignal): Promise<boolean> => {
  const answer = await fetch(`${url}/health`, { signal });
  return answer.ok && (await answer.text()) === 'OK';
};
