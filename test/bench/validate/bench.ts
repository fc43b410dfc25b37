import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../figures.ts';
import { MLFLOW, MLFLOW_WORKERS, withServers } from '../registry/servers.ts';
import { type Built, emptyScript } from '../starters.ts';
import { judges, prepareJudged } from './contenders.ts';
import { benchJudging } from './judging.ts';
import { benchGates } from './many-gates.ts';
import { benchFiles, benchLargeFiles } from './without-registry.ts';

const START_ROUNDS = 25;
const PROCESS_ROUNDS = 11;

type Show = (name: string, figures: readonly Figure[]) => void;

/** `validate` as a person waits for it: on files, with many gates, and against a registry. */
export async function benchValidate(built: Built, show: Show): Promise<void> {
  const folder = join(built.temp, 'validate');
  mkdirSync(folder);
  show('validate on files alone', await benchFiles(built, folder, START_ROUNDS));
  show('100,000 gates on 1,000 metrics', await benchGates(folder, PROCESS_ROUNDS));
  const large = await benchLargeFiles(built, folder, PROCESS_ROUNDS);
  for (const [name, figures] of Object.entries(large)) show(name, figures);
  const empty = emptyScript(folder);
  await withServers(join(built.dist, 'passmuster.js'), async ({ mlflow, mlflowAlone }) => {
    for (const [workers, url] of [[MLFLOW_WORKERS, mlflow] as const, [1, mlflowAlone] as const]) {
      await prepareJudged(url);
      const all = await judges(built, url, folder);
      const figures = await benchJudging(empty, all, PROCESS_ROUNDS);
      show(`a version against a champion, on MLflow ${MLFLOW}, workers: ${workers}`, figures);
    }
  });
}
