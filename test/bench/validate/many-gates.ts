import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleScripts } from '../bundle.ts';
import type { Figure } from '../figures.ts';
import { type Measured, measure } from '../measure.ts';
import { inRounds } from '../rounds.ts';
import { secondsOf, time } from '../times.ts';

const GATES = '100000';
const VERSIONS = 10;

const apart = (more: readonly Measured[], less: readonly Measured[]): number[] =>
  secondsOf(more).map((seconds, round) => seconds - (less[round]?.seconds ?? Number.NaN));

/** 100,000 gates, each another one: what it takes to read them, and then to judge a version by them. */
export async function benchGates(folder: string, rounds: number): Promise<Figure[]> {
  const script = fileURLToPath(new URL('gates.ts', import.meta.url));
  const { gates } = await bundleScripts(join(folder, 'gates'), { gates: script });
  const run = (many: string, versions: number) => () =>
    measure({ argv: [process.execPath, gates, many, `${versions}`] });
  const runs = await inRounds(rounds, {
    start: run('0', 0),
    read: run(GATES, 0),
    judged: run(GATES, VERSIONS),
  });
  const judging = apart(runs.judged, runs.read).map((seconds) => seconds / VERSIONS);
  return [
    time('the script without gates', secondsOf(runs.start)),
    time('reading 100,000 gates', apart(runs.read, runs.start)),
    time('judging a version by them', judging),
  ];
}
