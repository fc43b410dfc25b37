import { expect, test } from 'vitest';
import {
  MODEL,
  POLICY,
  run as promote,
  promoteTo,
  registered,
  rollBack,
} from '../promote/running.fixture.ts';
import { folderWith } from '../verify/folder.ts';
import { environmentOf, run, standingWith } from './running.fixture.ts';

const asked = { model: MODEL, environment: 'production', history: 'true', check: 'true' };

test('what `promote` has moved is told with its name, its verdict and its mover', async () => {
  const address = await registered([0.8, 0.9]);
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
  await promoteTo(address, 'v1.1.0', 'staging', 'production');
  const now = await run(address, asked);
  expect(now.outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '2' });
  expect(environmentOf(now)).toMatchObject({
    how: 'promoted',
    version: { number: '2', name: 'v1.1.0' },
    move: { verdict: 'pass', from: { name: 'v1.0.0' } },
  });
  await rollBack(address, 'production', '1');
  const back = await run(address, asked);
  expect(back.outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '1' });
  expect(environmentOf(back)).toMatchObject({
    how: 'rolled back',
    move: { by: { actor: 'roller' } },
  });
  expect(back.text).toContain('it answered in verse');
  expect((await run(address, { check: 'true' })).result).toBe('done');
});

test('whoever has no policy sees the same, where its moves have led', async () => {
  const address = await registered([0.8]);
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
  process.chdir(await folderWith({}));
  const { outputs, report } = await run(address, { ...asked, environment: 'production' });
  expect(outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '1' });
  expect(report.models[0]?.environments[0]).toMatchObject({
    alias: 'champion',
    stage: 'Production',
    in_policy: false,
  });
});

test('a promotion that was refused has left nothing to tell', async () => {
  const address = await registered([0.1]);
  const { outputs } = await promote(address, { environment: 'staging' });
  expect(outputs.outcome).toBe('refused');
  await standingWith(POLICY);
  const ended = await run(address, { model: MODEL, history: 'true' });
  expect(ended.report.models[0]).toMatchObject({ waiting: [], problems: [] });
  expect(environmentOf(ended, 'staging')).toMatchObject({ state: 'unrecorded', history: [] });
});
