import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleScripts } from '../bundle.ts';
import type { Figure } from '../figures.ts';
import { type Command, measure } from '../measure.ts';
import { over } from '../over.ts';
import { inRounds } from '../rounds.ts';
import { benchStart } from '../start.ts';
import { asAction, type Built, emptyScript } from '../starters.ts';
import { secondsOf, time } from '../times.ts';
import { metricName, writeLargeFiles } from './large-files.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const judging = ({ dist }: Built, folder: string, file: string, gate: string): Command => ({
  argv: [
    process.execPath,
    join(dist, 'passmuster.js'),
    ...['validate', '--evaluations', basename(file), '--gates', gate],
  ],
  folder,
});

/** A verb that needs no network, on a small file. */
export function benchFiles(built: Built, folder: string, rounds: number): Promise<Figure[]> {
  const file = join(folder, 'small.json');
  writeFileSync(file, '{"accuracy": 0.9, "latency_p95_ms": 41}\n');
  const gate = 'accuracy >= 0.85';
  const inputs = { evaluations: basename(file), gates: gate };
  const action = { ...asAction(built, 'validate', inputs), folder };
  const starters = [
    { name: 'validate as an action', command: () => action, atMost: 2 },
    {
      name: 'passmuster validate',
      command: () => judging(built, folder, file, gate),
      atMost: 2,
    },
  ];
  return benchStart(emptyScript(folder), starters, rounds);
}

const script = (path: string, ...args: string[]): Command => ({
  argv: [process.execPath, path, ...args],
});

interface Large {
  readonly file: string;
  /** That it passes. */
  readonly gate: string;
}

/** A large file: our reader in a script, and the whole verb, over a script that only parses it. */
async function benchLarge(
  built: Built,
  folder: string,
  { file, gate }: Large,
  rounds: number,
): Promise<Figure[]> {
  const scripts = await bundleScripts(join(folder, 'scripts'), {
    read: here('read.ts'),
    parse: here('parse.ts'),
  });
  const runs = await inRounds(rounds, {
    parse: () => measure(script(scripts.parse, file)),
    read: () => measure(script(scripts.read, file)),
    verb: () => measure(judging(built, folder, file, gate)),
  });
  return [
    time('JSON.parse alone', secondsOf(runs.parse)),
    time('our reader', secondsOf(runs.read)),
    time('passmuster validate', secondsOf(runs.verb)),
    over('our reader', 'JSON.parse alone', [runs.read, runs.parse], { atMost: 1.5 }),
    over('passmuster validate', 'JSON.parse alone', [runs.verb, runs.parse]),
  ];
}

export async function benchLargeFiles(
  built: Built,
  folder: string,
  rounds: number,
): Promise<Readonly<Record<string, Figure[]>>> {
  const { samples, metrics } = writeLargeFiles(folder);
  const rate = { file: samples, gate: 'pass_rate >= 1' };
  const first = { file: metrics, gate: `${metricName(0)} >= 1` };
  return {
    '5,000 samples in 10 MB of JSON': await benchLarge(built, folder, rate, rounds),
    '99,000 metrics in 10 MB of JSON': await benchLarge(built, folder, first, rounds),
  };
}
