import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds } from '../../../test/rounds.ts';
import type { ModelVersion } from '../registry/entities.ts';
import { type Marks, numbersIn, stepsTo, writeOf } from './marks.ts';
import { standsOf } from './step.ts';
import { undone } from './undone.ts';
import { valuesAt } from './values-at.ts';

const version = (number: string, stage: string): ModelVersion => ({
  model: 'm',
  number,
  created: 0,
  updated: 0,
  stage,
  description: '',
  source: '',
  runId: '',
  status: 'READY',
  statusMessage: '',
  tags: new Map(),
  more: {},
});

const marksOf = (stages: readonly string[], aliases: Readonly<Record<string, string>>): Marks => ({
  aliases: new Map(Object.entries(aliases)),
  versions: stages.map((stage, at) => version(String(at + 1), stage)),
});

/** As a registry takes them: a call for the stage fills it and archives what was there. */
function doing(
  { steps, marks }: { steps: ReturnType<typeof stepsTo>; marks: Marks },
  count: number,
) {
  let now = marks;
  for (const step of steps.slice(0, count)) {
    const write = writeOf(step, 'forward');
    if (write.do === 'alias') {
      now = { ...now, aliases: new Map([...now.aliases, [write.alias, write.number]]) };
    } else if (write.do === 'stage') {
      const { number, stage } = write;
      const versions = now.versions.map((one) =>
        one.number === number
          ? { ...one, stage }
          : one.stage === stage
            ? { ...one, stage: 'Archived' }
            : one,
      );
      now = { ...now, versions };
    }
  }
  return now;
}

const told = (marks: Marks) => ({
  champion: marks.aliases.get('champion') ?? '',
  other: marks.aliases.get('other') ?? '',
  production: numbersIn('Production', marks),
});

const stage = fc.constantFrom('None', 'Staging', 'Archived');
const world = fc.record({
  live: fc.constantFrom('', '1', '2'),
  rest: fc.tuple(stage, stage, stage),
  to: fc.constantFrom('1', '2', '3'),
  count: fc.nat(3),
});

test('however far a move has come, it is told what was there before it', () => {
  const property = fc.property(world, ({ live, rest, to, count }) => {
    const stages = rest.map((one, at) => (String(at + 1) === live ? 'Production' : one));
    const marks = marksOf(stages, { other: '1', ...(live && { champion: live }) });
    const steps = stepsTo({ number: to, stage: 'Production', alias: 'champion' }, marks);
    const before = undone(steps, doing({ steps, marks }, count));
    expect(before && told(before)).toEqual(told(marks));
  });
  fc.assert(property, rounds(2_000));
});

const STEPS = [
  { kind: 'left', place: '2', before: 'Staging', after: 'Production' },
  { kind: 'stage', place: 'Production', before: '1', after: '2' },
  { kind: 'alias', place: 'champion', before: '1', after: '2' },
];

test.each<[string, Marks]>([
  ['the alias', marksOf(['Production', 'Staging', 'None'], { champion: '3' })],
  ['the stage', marksOf(['Archived', 'Production', 'Production'], { champion: '1' })],
  ['the stage that was left', marksOf(['Production', 'None', 'None'], { champion: '1' })],
])('with somebody else’s value at %s, the move explains nothing', (_, marks) => {
  expect(standsOf(STEPS, valuesAt(STEPS, marks))).toContain('foreign');
  expect(undone(STEPS, marks)).toBeUndefined();
});

test('what is not of the registry is left out', () => {
  const marks = marksOf(['Production'], { champion: '1' });
  const step = { kind: 'configmap', place: 'x', before: '1', after: '2' };
  expect(undone([step], marks)).toEqual(marks);
});
