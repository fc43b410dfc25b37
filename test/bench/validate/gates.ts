import { evidenceOf } from '@passmuster/core/evidence/evidence.ts';
import type { Origin } from '@passmuster/core/evidence/measured.ts';
import { judge } from '@passmuster/core/gates/judge.ts';
import { lookIn } from '@passmuster/core/gates/looks.ts';
import { readGates } from '@passmuster/core/gates/read.ts';
import { verdictOf } from '@passmuster/core/gates/verdict.ts';

/** So many gates, each another one, on a thousand metrics, for ever so many versions. */
const [gates = 0, versions = 0] = process.argv.slice(2).map(Number);
const METRICS = 1_000;

const origin: Origin = { kind: 'run', id: 'r1' };
const measured = Array.from({ length: METRICS }, (_, index) => ({
  metric: `metric_${index}`,
  value: 1,
  conditions: {},
  origin,
}));
const evidence = evidenceOf([{ origin, reading: { measured, unusable: [], remarks: [] } }]);
const lines = Array.from({ length: gates }, (_, index) => ({
  text: `metric_${index % METRICS} >= ${index / gates}`,
  level: 'fail' as const,
  from: 'the bench',
}));
const read = await readGates(lines);
const look = lookIn('candidate', evidence, true);
for (let version = 0; version < versions; version++) {
  const judged = read.map((gate) =>
    judge(gate, { candidate: look, champion: { kind: 'none', why: 'There is none.' } }),
  );
  if (verdictOf(judged) !== 'pass') throw new Error('a gate did not pass');
}
