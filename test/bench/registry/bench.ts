import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../figures.ts';
import { type Built, emptyScript } from '../starters.ts';
import { contenders } from './contenders.ts';
import { MLFLOW, MLFLOW_WORKERS, withServers } from './servers.ts';
import { ASKED, benchThroughput, prepareAll } from './throughput.ts';
import { benchListing, benchRegistration, LISTED, prepareListed } from './whole-processes.ts';

const PROCESS_ROUNDS = 11;
const LOAD_ROUNDS = 7;
const LOAD_SECONDS = 1;

type Show = (name: string, figures: readonly Figure[]) => void;

/** What reaches a registry: whole processes on MLflow, and the embedded registry beside it. */
export async function benchRegistry({ dist, temp }: Built, show: Show): Promise<void> {
  const cli = join(dist, 'passmuster.js');
  const folder = join(temp, 'processes');
  mkdirSync(folder);
  const empty = emptyScript(folder);
  await withServers(cli, async (servers) => {
    await prepareListed(servers.mlflow);
    await prepareAll(servers);
    const inFour = await contenders({ cli, url: servers.mlflow, folder }, LISTED);
    const listed = await benchListing(empty, inFour, PROCESS_ROUNDS);
    show(`200 versions with their tags, from MLflow ${MLFLOW}, ${MLFLOW_WORKERS} workers`, listed);
    // With several workers its answers on a kept connection come late: one worker shows the rest.
    const inOne = await contenders({ cli, url: servers.mlflowAlone, folder }, LISTED);
    for (const [workers, all] of [[MLFLOW_WORKERS, inFour] as const, [1, inOne] as const]) {
      const registered = await benchRegistration(empty, all, PROCESS_ROUNDS);
      show(`one version with its tags, into MLflow ${MLFLOW}, workers: ${workers}`, registered);
    }
    for (const asked of Object.keys(ASKED) as (keyof typeof ASKED)[]) {
      const bench = { servers, rounds: LOAD_ROUNDS, seconds: LOAD_SECONDS };
      show(`requests in a second: ${asked}`, await benchThroughput(bench, asked));
    }
  });
}
