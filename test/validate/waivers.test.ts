import type { Ports } from '@passmuster/verbs/validate/ports.ts';
import { expect, test } from 'vitest';
import { noRegistry, surroundings } from '../surroundings.ts';
import { run as runAt, standingIn } from './running.fixture.ts';

const POLICY = `models:
  m: { gates: [accuracy >= 0.8, accuracy >= 0.9] }
environments:
  staging: {}
  live:
    waivers:
      - gate: accuracy >= 0.9
        reason: the labels are being mended, [see](https://evil.example) <b>x</b>
        approver: ann
        until: 2026-06-15
`;
const LAST_MOMENT = '2026-06-15T23:59:59.999Z';
const AFTER = '2026-06-16T00:00:00Z';

/** A run at a moment, of an accuracy of 0.85. */
async function judgedAt(moment: string, given: Readonly<Record<string, string>> = {}) {
  await standingIn({ 'passmuster.yaml': POLICY, 'r.json': '{"accuracy": 0.85}' });
  const { clock } = surroundings();
  const ports: Partial<Ports> = {
    openRegistry: noRegistry,
    clock: { ...clock, now: () => Date.parse(moment) },
  };
  return runAt('', { model: 'm', evaluations: 'r.json', environment: 'live', ...given }, ports);
}

test('while a waiver lasts, its gate is shown and does not stand in the way', async () => {
  const { result, outputs, page, report, annotations } = await judgedAt(LAST_MOMENT);
  expect(result).toBe('done');
  expect(outputs).toMatchObject({ verdict: 'pass', failed: '' });
  expect(page).toContain('**PASS** m (files) for live: 1 of 2 gates passes, 1 is waived');
  expect(page).toMatch(/^#+ 1 gate is waived$/m);
  expect(page).toMatch(/^\| waived \| accuracy >= 0\.9 \| 0\.85 \| 0\.9 \|/m);
  expect(report.gates[0]).toMatchObject({
    ...{ gate: 'accuracy >= 0.9', verdict: 'fail', level: 'fail' },
    waived: { until: '2026-06-15', approver: 'ann', reason: expect.stringContaining('labels') },
    reasons: ['0.85 is 0.05 below 0.9.', expect.stringMatching(/^Waived until 2026-06-15 by ann/)],
  });
  expect(report.gates[0]?.waived).not.toHaveProperty('ended');
  expect(annotations[0]).toMatchObject({
    level: 'warning',
    place: { file: 'passmuster.yaml', line: 2 },
    message: expect.stringContaining('Waived until 2026-06-15 by ann: the labels'),
  });
  expect(annotations.map(({ level }) => level)).not.toContain('error');
});

test('after its end, the gate counts again and says since when', async () => {
  const { result, outputs, page, report, annotations } = await judgedAt(AFTER);
  expect(result).toBe('refused');
  expect(outputs).toMatchObject({ verdict: 'fail', failed: 'accuracy >= 0.9' });
  expect(page).toContain('Its waiver by ann ended on 2026-06-15, so it counts again.');
  expect(page).not.toMatch(/is waived/);
  expect(report.gates[0]?.waived).toMatchObject({ until: '2026-06-15', ended: true });
  expect(annotations[0]).toMatchObject({ level: 'error' });
});

test.each([
  ['in another environment', { environment: 'staging' }],
  ['without an environment', { environment: '' }],
  ['of another gate in the step', { gates: 'accuracy >= 0.95' }],
])('a waiver lends nothing %s', async (_, given) => {
  const { result, outputs } = await judgedAt(LAST_MOMENT, given);
  expect([result, outputs.verdict]).toEqual(['refused', 'fail']);
});

test('a reason is text, whatever stands in it', async () => {
  const { page } = await judgedAt(LAST_MOMENT);
  expect(page).toContain('the labels are being mended');
  expect(page).not.toContain('<b>');
});
