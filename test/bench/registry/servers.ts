import { join } from 'node:path';
import { type Mlflow, startMlflow } from '../../services/mlflow.ts';
import { freePort, serviceFolder, startService } from '../../services/service.ts';

export const MLFLOW = '3.17.2';

/** As it is started when nothing is said. */
export const MLFLOW_WORKERS = 4;

export interface Servers {
  readonly embedded: string;
  readonly mlflow: string;
  /** The same MLflow in one process, as the embedded registry is. */
  readonly mlflowAlone: string;
}

/** The registry of the CLI, in a process of its own. */
export async function startOurs(cli: string): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await serviceFolder('registry');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const service = await startService(folder, {
    name: 'passmuster registry',
    program: process.execPath,
    args: [cli, 'registry', '--file', join(folder, 'registry.db'), '--port', `${port}`],
    ready: async (signal) => (await fetch(`${url}/health`, { signal })).ok,
  });
  return { ...service, url };
}

/** Has them all running while something is done with them. */
export async function withServers(cli: string, use: (servers: Servers) => Promise<void>) {
  const running: Pick<Mlflow, 'url' | 'stop'>[] = [];
  const started = async (starting: Promise<Pick<Mlflow, 'url' | 'stop'>>): Promise<string> => {
    const server = await starting;
    running.push(server);
    return server.url;
  };
  try {
    await use({
      embedded: await started(startOurs(cli)),
      mlflow: await started(startMlflow(MLFLOW, { workers: MLFLOW_WORKERS })),
      mlflowAlone: await started(startMlflow(MLFLOW, { workers: 1 })),
    });
  } finally {
    await Promise.all(running.map((server) => server.stop()));
  }
}
