import type { Figure } from '../figures.ts';
import { inRounds, ratioOf, spreadOf } from '../rounds.ts';
import { type Ask, type Load, requestsPerSecond } from './load.ts';
import { ourClient } from './our-client.ts';
import { MLFLOW_WORKERS, type Servers } from './servers.ts';

const MODEL = 'load';

const version = (nth: number): string => String((nth % 2) + 1);

/** What is asked again and again; every change really is one. */
export const ASKED = {
  'get-version': (): Ask => ({
    method: 'GET',
    path: `/model-versions/get?name=${MODEL}&version=1`,
  }),
  'set-alias': (nth): Ask => ({
    method: 'POST',
    path: '/registered-models/alias',
    json: { name: MODEL, alias: 'champion', version: version(nth) },
  }),
  'transition, archiving the other': (nth): Ask => ({
    method: 'POST',
    path: '/model-versions/transition-stage',
    json: {
      name: MODEL,
      version: version(nth),
      stage: 'Production',
      archive_existing_versions: true,
    },
  }),
} satisfies Record<string, (nth: number) => Ask>;

/** A model with two versions. */
async function prepare(url: string): Promise<void> {
  const registry = await ourClient(url);
  try {
    await registry.createModel({ name: MODEL });
    for (const source of ['s3://models/1', 's3://models/2']) {
      await registry.createVersion({ model: MODEL, source });
    }
  } finally {
    await registry.close();
  }
}

export async function prepareAll({ embedded, mlflow, mlflowAlone }: Servers): Promise<void> {
  for (const url of [embedded, mlflow, mlflowAlone]) await prepare(url);
}

export interface ThroughputBench {
  readonly servers: Servers;
  readonly rounds: number;
  readonly seconds: number;
}

/** One kind of request, by so many clients at once. */
async function side(
  { servers, rounds, seconds }: ThroughputBench,
  ask: Load['ask'],
  connections: number,
): Promise<Figure[]> {
  const on = (url: string) => () => requestsPerSecond({ url, ask, connections, seconds });
  const runs = await inRounds(rounds, {
    embedded: on(servers.embedded),
    mlflow: on(servers.mlflow),
    alone: on(servers.mlflowAlone),
  });
  const at = `at ${connections}`;
  const rate = (name: string, values: readonly number[]): Figure => ({
    name: `${name}, ${at}`,
    unit: '/s',
    spread: spreadOf(values),
  });
  const over = (name: string, values: readonly number[]): Figure => ({
    name: `embedded over ${name}, ${at}`,
    unit: '×',
    spread: ratioOf(runs.embedded, values),
  });
  const [many, alone] = [`MLflow with ${MLFLOW_WORKERS} workers`, 'MLflow with 1 worker'];
  return [
    rate('embedded', runs.embedded),
    rate(many, runs.mlflow),
    rate(alone, runs.alone),
    over(many, runs.mlflow),
    over(alone, runs.alone),
  ];
}

/** By one client, and by eight at once. */
export async function benchThroughput(
  bench: ThroughputBench,
  asked: keyof typeof ASKED,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const connections of [1, 8]) {
    figures.push(...(await side(bench, ASKED[asked], connections)));
  }
  return figures;
}
