import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../figures.ts';
import { type Command, type Measured, measure } from '../measure.ts';
import { over, PYTHON } from '../over.ts';
import { MLFLOW, MLFLOW_WORKERS, withServers } from '../registry/servers.ts';
import { againstRivals } from '../rivals.ts';
import { inRounds } from '../rounds.ts';
import { type Built, emptyScript } from '../starters.ts';
import { secondsOf, time } from '../times.ts';
import { type Movers, movers, mustStand, prepareMoved } from './contenders.ts';

const ROUNDS = 11;

type Show = (name: string, figures: readonly Figure[]) => void;

/** Whole processes: one version takes the place of another. */
async function benchMoving(empty: Command, all: Movers, url: string): Promise<Figure[]> {
  // Whoever moved nothing would be faster.
  for (const [name, move] of Object.entries(all)) {
    if (name === 'installed') continue;
    measure(move());
    await mustStand(url, `by-${name as 'python'}`);
  }
  const runs = await inRounds(ROUNDS, {
    empty: () => measure(empty),
    python: () => measure(all.python()),
    curl: () => measure(all.curl()),
    verb: () => measure(all.verb()),
    action: () => measure(all.action()),
  });
  return againstRivals(
    { 'passmuster promote': runs.verb, 'promote as an action': runs.action },
    runs,
  );
}

/** A job that brings nothing with it: measured once, beside one run of ours. */
async function benchInstalling({ installed, action }: Movers, url: string): Promise<Figure[]> {
  const [theirs, ours]: [Measured[], Measured[]] = [[measure(installed())], [measure(action())]];
  await mustStand(url, 'by-installed');
  return [
    time('pip install and Python’s client, once', secondsOf(theirs)),
    time('promote as an action, once', secondsOf(ours)),
    over('promote as an action', 'pip install and Python’s client', [ours, theirs], PYTHON),
  ];
}

/** `promote` as a person waits for it, beside a script that moves a version and does nothing else. */
export async function benchPromote(built: Built, show: Show): Promise<void> {
  const folder = join(built.temp, 'promote');
  mkdirSync(folder);
  const empty = emptyScript(folder);
  await withServers(join(built.dist, 'passmuster.js'), async ({ mlflow, mlflowAlone }) => {
    for (const [workers, url] of [[MLFLOW_WORKERS, mlflow] as const, [1, mlflowAlone] as const]) {
      await prepareMoved(url);
      const all = await movers(built, url, folder);
      const where = `on MLflow ${MLFLOW}, workers: ${workers}`;
      show(`a version takes the place of another, ${where}`, await benchMoving(empty, all, url));
      if (workers === 1)
        show(`the same in an empty job, ${where}`, await benchInstalling(all, url));
    }
  });
}
