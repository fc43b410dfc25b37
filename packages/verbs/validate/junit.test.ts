import type { Files } from '@passmuster/core/files.ts';
import { expect, test } from 'vitest';
import { writeJunit } from './junit.ts';
import { ENDED, type Run, toldOf, WAIVED } from './told.fixture.ts';

async function written(run: Run): Promise<string[]> {
  const told = await toldOf({ candidate: { acc: 0.9 }, ...run });
  let text = '';
  const files: Partial<Files> = {
    write: async (_, content) => {
      text = content;
    },
  };
  const voice = { note: () => {}, warn: () => {}, hide: () => {} };
  const inputs = { ...told.inputs, junit: 'gates.xml' };
  await writeJunit({ ...told, inputs }, { files: files as Files, voice });
  return Array.from(
    text.matchAll(/<(failure|error|skipped) message="([^"]*)"/g),
    ([, end, why]) => `${end}: ${why?.split('.')[0]}`,
  );
}

test.each<[string, Run, string[]]>([
  ['a gate that passes', { ofStep: ['acc > 0'] }, []],
  ['one that fails', { ofStep: ['acc > 1'] }, ['failure: 0']],
  [
    'an inconclusive one',
    { ofStep: ['x > 1'] },
    ['error: The candidate has no metric `x`: there are `acc`'],
  ],
  ['one that only warns', { ofStep: ['acc > 0', 'warn: acc > 1'] }, ['skipped: Only a warning']],
  [
    'one that is not yet in force',
    { ofPolicy: ['acc > 1'], isInForce: false, ofStep: ['acc > 0'] },
    ['skipped: Not yet in force'],
  ],
  [
    'one that is waived',
    {
      ofPolicy: ['acc > 0', 'acc > 1', 'x > 1'],
      waivers: ['acc > 1', 'x > 1'].map((gate) => ({ ...WAIVED, gate })),
    },
    ['skipped: Waived for now', 'skipped: Waived for now'],
  ],
  [
    'one whose waiver has ended',
    { ofPolicy: ['acc > 0', 'acc > 1'], waivers: [{ ...ENDED, gate: 'acc > 1' }] },
    ['failure: 0'],
  ],
  [
    'nothing but what is waived, which stops the job',
    { ofPolicy: ['acc > 1'], waivers: [{ ...WAIVED, gate: 'acc > 1' }] },
    [
      'skipped: Waived for now',
      'error: m (files) for live: 1 gate is waived and no other passes; waivers alone make no verdict',
    ],
  ],
  [
    'one that may be inconclusive',
    { ofStep: ['x > 1'], onInconclusive: 'warn' },
    ['skipped: `on-inconclusive` is `warn`'],
  ],
  [
    'one that fails where others may be inconclusive',
    { ofStep: ['acc > 1', 'x > 1'], onInconclusive: 'warn' },
    ['failure: 0', 'skipped: `on-inconclusive` is `warn`'],
  ],
  [
    'nothing but warnings, which stops the job',
    { ofStep: ['warn: acc > 1'] },
    [
      'skipped: Only a warning',
      'error: m (files): there are only gates that warn, which make no verdict; add one that counts, such as `accuracy &gt;= 0',
    ],
  ],
  ['no gate', {}, []],
  [
    'no gate, where that stops the job',
    { onInconclusive: 'fail' },
    ['error: m (files): there is no gate to judge it by'],
  ],
])('%s', async (_, run, expected) => {
  expect(await written(run)).toEqual(expected);
});
