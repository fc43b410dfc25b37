import { join } from 'node:path';
import { makeFolder, onOneCore, ours, peers } from './contenders.ts';
import type { Figure } from './figures.ts';
import { type Measured, measure, opensslSpeed } from './measure.ts';
import { inRounds, ratioOf, spreadOf } from './rounds.ts';
import { secondsOf } from './times.ts';

const GIB = 1024 ** 3;
const GIGABYTES = GIB / 1e9;

type Runs = readonly Measured[];

const speed = (name: string, runs: Runs): Figure => ({
  name: `speed of ${name}`,
  unit: 'GB/s',
  spread: spreadOf(secondsOf(runs).map((seconds) => GIGABYTES / seconds)),
});

const memory = (name: string, runs: Runs): Figure => ({
  name: `memory of ${name}`,
  unit: 'MB',
  spread: spreadOf(runs.map(({ megabytes }) => megabytes)),
});

const ratio = (name: string, one: readonly number[], other: readonly number[]): Figure => ({
  name,
  unit: '×',
  spread: ratioOf(one, other),
});

/** The least time that one core needs, as if it were one more contender. */
const limit = (): Measured => ({ seconds: GIGABYTES / opensslSpeed(), megabytes: 0 });

export interface HashingBench {
  readonly cli: string;
  /** Empty, with room for 2 GiB. */
  readonly temp: string;
  readonly rounds: number;
}

/** Everybody's runs on 1 GiB in so many files, and ours on one byte: what our start alone takes. */
function runAll({ cli, temp, rounds }: HashingBench, files: number) {
  const [folder, tiny] = [join(temp, `files-${files}`), join(temp, `tiny-${files}`)];
  makeFolder(folder, files, GIB);
  makeFolder(tiny, 1, 1);
  const [whole, start] = [ours(cli, folder), ours(cli, tiny)];
  const { dgst, sum, python } = peers(folder);
  return inRounds(rounds, {
    limit,
    ours: () => measure(whole),
    oneCore: () => measure(onOneCore(whole)),
    start: () => measure(start),
    dgst: () => measure(dgst),
    sum: () => measure(sum),
    python: () => measure(python),
  });
}

type AllRuns = Awaited<ReturnType<typeof runAll>>;

const without = (runs: Runs, start: Runs): number[] =>
  runs.map(({ seconds }, round) => seconds - (start[round]?.seconds ?? 0));

function overPeers(runs: AllRuns): Figure[] {
  const seconds = secondsOf(runs.ours);
  return [
    { ...ratio('our time over openssl dgst', seconds, secondsOf(runs.dgst)), atMost: 0.95 },
    ratio('our time over sha256sum', seconds, secondsOf(runs.sum)),
    ratio('our time over file_digest', seconds, secondsOf(runs.python)),
    { ...memory('ours', runs.ours), atMost: 100 },
  ];
}

/** 1 GiB in one file: how near to the processor's limit. */
export async function benchOneFile(bench: HashingBench): Promise<Figure[]> {
  const runs = await runAll(bench, 1);
  const least = secondsOf(runs.limit);
  const hashing = without(runs.ours, runs.start);
  return [
    speed('openssl speed', runs.limit),
    speed('ours', runs.ours),
    speed('openssl dgst', runs.dgst),
    speed('sha256sum', runs.sum),
    speed('file_digest', runs.python),
    ratio('our speed over openssl speed', least, secondsOf(runs.ours)),
    { ...ratio('the same without our start', least, hashing), atLeast: 0.9 },
    ...overPeers(runs),
    memory('openssl dgst', runs.dgst),
    memory('sha256sum', runs.sum),
    memory('file_digest', runs.python),
  ];
}

/** 1 GiB in eight files: what a second core brings. */
export async function benchEightFiles(bench: HashingBench): Promise<Figure[]> {
  const runs = await runAll(bench, 8);
  const [hashing, hashingOnOne] = [
    without(runs.ours, runs.start),
    without(runs.oneCore, runs.start),
  ];
  return [
    speed('ours', runs.ours),
    speed('ours on one core', runs.oneCore),
    ratio('our speed over ours on one core', secondsOf(runs.oneCore), secondsOf(runs.ours)),
    { ...ratio('the same without our start', hashingOnOne, hashing), atLeast: 1.8 },
    ...overPeers(runs),
  ];
}
