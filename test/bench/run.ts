import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../scripts/build.ts';
import { benchDeploy } from './deploy/bench.ts';
import { type Figure, table } from './figures.ts';
import { benchEightFiles, benchOneFile } from './hashing.ts';
import { opensslVersion } from './measure.ts';
import { benchPromote } from './promote/bench.ts';
import { benchRegistry } from './registry/bench.ts';
import { benchStart } from './start.ts';
import { type Built, emptyScript, registering, verifying } from './starters.ts';
import { benchValidate } from './validate/bench.ts';

const HASHING_ROUNDS = 9;
const START_ROUNDS = 25;
const REPORT = fileURLToPath(new URL('../../reports/bench.json', import.meta.url));

const machine = {
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  node: process.version,
  openssl: opensslVersion(),
  date: new Date().toISOString(),
};

const report: Record<string, readonly Figure[]> = {};

function show(name: string, figures: readonly Figure[]): void {
  report[name] = figures;
  console.log(`\n${name}\n${table(figures)}`);
}

/** `npm run bench` measures all of it; `npm run bench -- registry` only that. */
const PARTS = {
  async start(built: Built) {
    const starters = [...verifying(built), ...registering(built)];
    show('start', await benchStart(emptyScript(built.temp), starters, START_ROUNDS));
  },
  registry: (built: Built) => benchRegistry(built, show),
  validate: (built: Built) => benchValidate(built, show),
  promote: (built: Built) => benchPromote(built, show),
  deploy: (built: Built) => benchDeploy(built, show),
  async hashing({ dist, temp }: Built) {
    const hashing = { cli: join(dist, 'passmuster.js'), temp, rounds: HASHING_ROUNDS };
    show('SHA-256 of 1 GiB in one file', await benchOneFile(hashing));
    show('SHA-256 of 1 GiB in eight files', await benchEightFiles(hashing));
  },
} satisfies Record<string, (built: Built) => Promise<void>>;

const isPart = (name: string): name is keyof typeof PARTS => Object.hasOwn(PARTS, name);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !isPart(name));
if (unknown.length > 0) {
  throw new Error(`no part is called ${unknown.join(', ')}; there is ${Object.keys(PARTS)}`);
}
const temp = mkdtempSync(join(tmpdir(), 'passmuster-bench-'));
try {
  const dist = join(temp, 'dist');
  await build(dist);
  // As in a release, where Node need not find out what kind of files these are.
  writeFileSync(join(temp, 'package.json'), '{ "type": "module" }\n');
  console.log(Object.values(machine).join(' · '));
  const parts = (asked.length > 0 ? asked : Object.keys(PARTS)).filter(isPart);
  for (const part of parts) await PARTS[part]({ dist, temp });
} finally {
  rmSync(temp, { recursive: true, force: true });
}

mkdirSync(join(REPORT, '..'), { recursive: true });
writeFileSync(REPORT, `${JSON.stringify({ machine, figures: report }, undefined, 2)}\n`);
console.log('\nwritten to reports/bench.json');
