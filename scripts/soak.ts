import { mkdir, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Ended, runStage, type Stage } from './stages.ts';
import { lastLine, sum } from './tally.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const FIGURES = 'docs/measurements/soak.md';

const env = { PASSMUSTER_ROUNDS: 'full' };
const STAGES: readonly Stage[] = [
  { title: 'Tests', script: 'test', suite: true, env },
  { title: 'Tests against real systems', script: 'test:live', suite: true, env },
];

const machine = (): string =>
  [
    cpus()[0]?.model.trim() ?? 'unknown processor',
    `${availableParallelism()} cores`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${platform()} ${arch()}`,
    `Node ${process.versions.node}`,
  ].join(', ');

const line = ({ stage, tally, seconds }: Ended): string =>
  `- ${stage.title}: ${lastLine(tally)}, in ${seconds.toFixed(0)} s`;

const page = (ended: readonly Ended[]): string => `# Soak

The last run of \`npm run soak\`: every round of every property and race, where the usual run tries a seeded tenth.

- Date: ${new Date().toISOString().slice(0, 10)}
- Machine: ${machine()}
- Seed: ${process.env['PASSMUSTER_SEED'] || 'the usual one'}
${ended.map(line).join('\n')}
`;

const ended: Ended[] = [];
for (const stage of STAGES) ended.push(await runStage(stage));
await mkdir(`${root}docs/measurements`, { recursive: true });
await writeFile(root + FIGURES, page(ended));

const total = sum(ended.map(({ tally }) => tally));
for (const remark of total.remarks) console.log(`    ${remark}`);
console.log(`${lastLine(total)}; see ${FIGURES}`);
process.exitCode = total.failed === 0 ? 0 : 1;
