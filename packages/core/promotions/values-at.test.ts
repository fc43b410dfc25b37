import { expect, test } from 'vitest';
import type { Stage } from '../registry/entities.ts';
import { stepsTo, type Write } from './marks.ts';
import {
  CLEAR,
  course,
  LIVE,
  marksOf,
  NUMBERS,
  nextIn,
  originOf,
  passed,
  TELLING,
  toArchive,
  WISHES,
  written,
} from './three-versions.fixture.ts';
import { valuesAt } from './values-at.ts';

test('whoever archives the version before it has moved, or afterwards, is somebody else', () => {
  let tried = 0;
  for (const { world, target } of CLEAR) {
    const steps = stepsTo(target, marksOf(world));
    const [left, stage] = steps;
    if (left?.kind !== 'left') continue;
    for (const at of passed(steps, world, 'ahead')) {
      const archived = written(at, toArchive(target.number));
      const isOurs = stage?.before === '';
      // Nobody was there to come back: our own way back is the same one call.
      for (const wish of WISHES) {
        const now = nextIn(steps, archived, wish);
        expect(now.do === 'stop', JSON.stringify({ archived, steps })).toBe(!isOurs);
      }
      tried++;
    }
  }
  expect(tried).toBeGreaterThan(1_000);
});

test('back never puts the version beside somebody else, who came to its stage meanwhile', () => {
  let tried = 0;
  for (const { world, target } of CLEAR) {
    const origin = originOf(target, world);
    if (!LIVE.includes(origin) || origin === target.stage) continue;
    const steps = stepsTo(target, marksOf(world));
    const ahead = passed(steps, world, 'ahead').slice(1);
    for (const at of ahead.flatMap((one) => passed(steps, one, 'back').slice(0, -1))) {
      // Who is brought back from where a hand has put it is in nobody's way.
      const [back] = steps.filter(({ kind }) => kind === 'stage');
      const strangers = NUMBERS.filter(
        (one) => ![target.number, back?.before].includes(one) && at.stages[one] !== origin,
      );
      for (const number of strangers) {
        const write: Write = { do: 'stage', number, stage: origin as Stage, archiveOthers: true };
        const { end, last } = course(steps, written(at, write), 'back');
        expect(NUMBERS.filter((one) => last.stages[one] === origin)).toEqual([number]);
        const value = `Archived, with ${number} in ${origin}`;
        expect(end).toMatchObject({ do: 'stop', strange: [{ step: { kind: 'left' }, value }] });
        tried++;
      }
    }
  }
  expect(tried).toBeGreaterThan(100);
});

test('nor does it put it back to where it was beside another', () => {
  const beside = TELLING.filter((one) => !CLEAR.includes(one));
  expect(beside.length).toBeGreaterThan(100);
  for (const { world, target } of beside) {
    const steps = stepsTo(target, marksOf(world));
    for (const at of passed(steps, world, 'ahead').slice(1)) {
      const { end, last } = course(steps, at, 'back');
      expect(last.alias).toBe(world.alias);
      expect(last.stages[target.number]).toBe('Archived');
      expect(end).toMatchObject({ do: 'stop', strange: [{ step: { kind: 'left' } }] });
    }
  }
});

test.each([
  ['alias', 'champion', ''],
  ['stage', 'Production', ''],
  ['left', '7', 'deleted'],
])('a %s where nothing is: %j', (kind, place, value) => {
  const step = { kind, place, before: 'x', after: 'y' };
  expect(valuesAt([step], { aliases: new Map(), versions: [] })).toEqual([value]);
});
