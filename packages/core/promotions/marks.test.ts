import { describe, expect, test } from 'vitest';
import type { Stage } from '../registry/entities.ts';
import { versionOf } from '../versions/looked.fixture.ts';
import { displacedBy, isOfRegistry, numbersIn, stepsTo, writeOf } from './marks.ts';
import type { Step } from './step.ts';
import {
  ALIAS,
  CASES,
  CLEAR,
  inStage,
  marksOf,
  NUMBERS,
  passed,
  shown,
  type World,
} from './three-versions.fixture.ts';

describe('from every start of three versions in four stages', () => {
  test('ahead leads to the target, and touches nobody but those in the stage', () => {
    expect(CASES.length).toBeGreaterThan(256 * 15);
    for (const { world, target } of CASES) {
      const { number, stage, alias, emptied } = target;
      const end = passed(stepsTo(target, marksOf(world)), world, 'ahead').at(-1) ?? world;
      expect(end.alias).toBe(alias === undefined ? world.alias : number);
      if (stage !== undefined) expect(numbersIn(stage, marksOf(end))).toBe(number);
      if (emptied !== undefined) expect(numbersIn(emptied, marksOf(end))).toBe('');
      for (const one of NUMBERS) {
        const isInIt = [stage, emptied].includes(world.stages[one] as Stage);
        if (isInIt || (one === number && stage !== undefined)) continue;
        expect(end.stages[one]).toBe(world.stages[one]);
      }
    }
  });

  test('in at most two writes', () => {
    for (const { world, target } of CASES) {
      const worlds = passed(stepsTo(target, marksOf(world)), world, 'ahead');
      expect(worlds.length - 1).toBeLessThanOrEqual(2);
    }
  });

  test('back from wherever it was broken off is exactly as before', () => {
    for (const { world, target } of CLEAR) {
      const steps = stepsTo(target, marksOf(world));
      for (const at of passed(steps, world, 'ahead')) {
        expect(shown(passed(steps, at, 'back').at(-1) ?? at)).toEqual(world);
      }
    }
  });

  test('broken off on the way back, too, it goes ahead to the same end', () => {
    for (const { world, target } of CLEAR) {
      const steps = stepsTo(target, marksOf(world));
      const ahead = passed(steps, world, 'ahead');
      for (const at of ahead.flatMap((one) => passed(steps, one, 'back'))) {
        expect(shown(passed(steps, at, 'ahead').at(-1) ?? at)).toEqual(shown(ahead.at(-1) ?? at));
      }
    }
  });

  test('at no moment are two in the stage, nor none where one was', () => {
    for (const { world, target } of CLEAR) {
      const steps = stepsTo(target, marksOf(world));
      const ahead = passed(steps, world, 'ahead');
      const all = [...ahead, ...ahead.flatMap((one) => passed(steps, one, 'back'))];
      for (const at of all) {
        expect(inStage(target, at)).toBeLessThanOrEqual(1);
        if (target.stage === undefined) continue;
        expect(inStage(target, at)).toBeGreaterThanOrEqual(inStage(target, world));
      }
    }
  });

  test('nothing is planned where all of it is there', () => {
    for (const { world, target } of CASES) {
      const steps = stepsTo(target, marksOf(world));
      const end = passed(steps, world, 'ahead').at(-1) ?? world;
      expect(stepsTo(target, marksOf(end))).toEqual([]);
      expect(steps.every(isOfRegistry)).toBe(true);
      expect(steps.every(({ before, after }) => before !== after)).toBe(true);
    }
  });
});

test('several in a stage are told in order, and the way back there is one that every server refuses', () => {
  const world: World = { stages: { 1: 'Production', 2: 'None', 3: 'Production' }, alias: '' };
  const [left, stage] = stepsTo({ number: '2', stage: 'Production' }, marksOf(world));
  expect(left).toEqual({ kind: 'left', place: '2', before: 'None', after: 'Production' });
  expect(stage).toEqual({ kind: 'stage', place: 'Production', before: '1 3', after: '2' });
  if (stage === undefined) throw new Error('no step');
  expect(writeOf(stage, 'back')).toMatchObject({ number: '1 3' });
});

test('who comes out of the archive leaves no stage', () => {
  const world: World = { stages: { 1: 'Production', 2: 'Archived', 3: 'None' }, alias: '' };
  const steps = stepsTo({ number: '2', stage: 'Production' }, marksOf(world));
  expect(steps).toEqual([{ kind: 'stage', place: 'Production', before: '1', after: '2' }]);
});

test('numbers in a stage are ordered by value', () => {
  const versions = ['10', '9', '2'].map((number) => versionOf({ number, stage: 'Staging' }));
  expect(numbersIn('Staging', { aliases: new Map(), versions })).toBe('2 9 10');
});

test('what is of the registry', () => {
  const step = { place: 'x', before: '', after: 'y' };
  expect(
    ['alias', 'stage', 'left', 'configmap'].map((kind) => isOfRegistry({ kind, ...step })),
  ).toEqual([true, true, true, false]);
});

describe('who was archived along with the move, and was not counted on', () => {
  const steps: Step[] = [
    { kind: 'stage', place: 'Production', before: '1', after: '2' },
    { kind: 'alias', place: ALIAS, before: '1', after: '2' },
  ];
  const at = (number: string, stage: string, updated: number) => ({
    ...versionOf({ number, stage }),
    updated,
  });

  test.each([
    ['nobody', [at('1', 'Archived', 9), at('2', 'Production', 9)], []],
    ['one', [at('1', 'Archived', 9), at('2', 'Production', 9), at('3', 'Archived', 9)], ['3']],
    [
      'not whoever was archived before',
      [at('1', 'Archived', 9), at('2', 'Production', 9), at('3', 'Archived', 8)],
      [],
    ],
    ['not who is elsewhere', [at('2', 'Production', 9), at('3', 'Staging', 9)], []],
    ['nobody where the version is gone', [at('3', 'Archived', 9)], []],
  ])('%s', (_, versions, displaced) => {
    expect(displacedBy({ steps, marks: { aliases: new Map(), versions } })).toEqual(displaced);
  });
});
