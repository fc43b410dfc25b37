import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../scripts/build.ts';
import { makeFolder, ours } from './contenders.ts';
import { type Figure, table } from './figures.ts';
import { benchEightFiles, benchOneFile } from './hashing.ts';
import { type Command, opensslVersion } from './measure.ts';
import { benchStart, type Starter } from './start.ts';

const HASHING_ROUNDS = 9;
const START_ROUNDS = 25;
const REPORT = fileURLToPath(new URL('../../reports/bench.json', import.meta.url));

/** A verb that needs no network, as an action and on the command line, on one file of one byte. */
function starters(dist: string, temp: string): Starter[] {
  const folder = join(temp, 'start');
  makeFolder(folder, 1, 1);
  const command = ours(join(dist, 'passmuster.js'), folder);
  const files = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'].map((name) => [name, join(temp, name)]);
  for (const [, file] of files) if (file !== undefined) writeFileSync(file, '');
  const env = {
    INPUT_PATH: folder,
    INPUT_MANIFEST: `${folder}.json`,
    RUNNER_TEMP: temp,
    ...Object.fromEntries(files),
  };
  const action: Command = { argv: [process.execPath, join(dist, 'verify.js')], env };
  return [
    { name: 'verify as an action', command: action, atMost: 2 },
    { name: 'passmuster verify', command, atMost: 2 },
  ];
}

function emptyScript(temp: string): Command {
  const file = join(temp, 'empty.mjs');
  writeFileSync(file, '');
  return { argv: [process.execPath, file] };
}

const machine = {
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  node: process.version,
  openssl: opensslVersion(),
  date: new Date().toISOString(),
};

const temp = mkdtempSync(join(tmpdir(), 'passmuster-bench-'));
const report: Record<string, readonly Figure[]> = {};

function show(name: string, figures: readonly Figure[]): void {
  report[name] = figures;
  console.log(`\n${name}\n${table(figures)}`);
}

try {
  const dist = join(temp, 'dist');
  await build(dist);
  console.log(Object.values(machine).join(' · '));
  const hashing = { cli: join(dist, 'passmuster.js'), temp, rounds: HASHING_ROUNDS };
  show('start', benchStart(emptyScript(temp), starters(dist, temp), START_ROUNDS));
  show('SHA-256 of 1 GiB in one file', benchOneFile(hashing));
  show('SHA-256 of 1 GiB in eight files', benchEightFiles(hashing));
} finally {
  rmSync(temp, { recursive: true, force: true });
}

mkdirSync(join(REPORT, '..'), { recursive: true });
writeFileSync(REPORT, `${JSON.stringify({ machine, figures: report }, undefined, 2)}\n`);
console.log('\nwritten to reports/bench.json');
