import { type Ended, runStage, type Stage } from './stages.ts';
import { lastLine, sum } from './tally.ts';

const STAGES: readonly Stage[] = [
  { title: 'Check', script: 'check' },
  { title: 'Tests', script: 'test', suite: true },
  { title: 'Build', script: 'build' },
  { title: 'Tests against real systems', script: 'test:live', suite: true },
  { title: 'Demo', script: 'start' },
];

const ended: Ended[] = [];
for (const stage of STAGES) ended.push(await runStage(stage));

console.log('\n=== Result');
for (const { stage, tally, seconds } of ended) {
  const time = `${seconds.toFixed(1)} s`.padStart(9);
  console.log(`${stage.title.padEnd(28)}${time}  ${lastLine(tally)}`);
  for (const remark of tally.remarks) console.log(`    ${remark}`);
}
const total = sum(ended.map(({ tally }) => tally));
console.log(lastLine(total));
process.exitCode = total.failed === 0 ? 0 : 1;
