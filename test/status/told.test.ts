import { expect, test } from 'vitest';
import { MODEL, move, sealed } from './moving.fixture.ts';
import { environmentOf, registryWith, run, standingWith } from './running.fixture.ts';

const POLICY = 'environments: { production: { alias: champion } }';
const WHERE = { alias: 'champion' } as const;

async function started() {
  await standingWith(POLICY);
  return registryWith(3, MODEL);
}

const asked = { model: MODEL, environment: 'production', history: 'true', check: 'true' };

test('what was found is told as found, and as nothing that anybody has judged', async () => {
  const { address, registry } = await started();
  await registry.setAlias(MODEL, 'champion', '1');
  const before = await run(address, asked);
  expect(before.outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '1' });
  expect(environmentOf(before)).toMatchObject({ state: 'unrecorded', version: { number: '1' } });
  expect(before.text).toContain('nothing is on record yet');
  await sealed(address, '2', 'put-back', WHERE);
  const after = await run(address, asked);
  expect(environmentOf(after)).toMatchObject({ state: 'agrees', how: 'found' });
  expect(environmentOf(after)?.move).toBeUndefined();
  expect(after.text).toContain('found there, not judged');
  expect(after.text).toContain('promote, put back');
});

test('what was passed over is shown for as long as the version is there', async () => {
  const { address } = await started();
  const override = { reason: 'the fix cannot wait', passed: ['gates', 'freeze'] };
  await move(address, '1', { ...WHERE, more: { verdict: 'fail', override } });
  await move(address, '1', { ...WHERE, verb: 'settle', more: { reason: 'as it is' } });
  const settled = await run(address, asked);
  expect(environmentOf(settled)).toMatchObject({ how: 'settled', overrides: [{ ticket: '1' }] });
  expect(settled.text).toMatch(/agrees, overridden$/m);
  expect(settled.page).toContain('the fix cannot wait');
  await move(address, '2', { ...WHERE, more: { verdict: 'pass' } });
  expect(environmentOf(await run(address, asked))?.overrides).toEqual([]);
  await move(address, '1', { ...WHERE, verb: 'rollback', more: { reason: 'it is slower' } });
  const back = await run(address, asked);
  expect(environmentOf(back)).toMatchObject({
    how: 'rolled back',
    version: { number: '1' },
    move: { reason: 'it is slower', from: { number: '2' } },
    overrides: [{ ticket: '1', override }],
  });
  const ofAll = await run(address, {});
  expect(ofAll.text).toMatch(/OVERRIDDEN: the fix cannot wait \(passed over: gates, freeze\)/);
});

test('the history is newest first, without what did nothing', async () => {
  const { address } = await started();
  const approvals = ['carol', 'dan'].map((by) => ({ by, kind: 'review' as const }));
  await move(address, '1', { ...WHERE, more: { approvals, verdict: 'pass' } });
  await sealed(address, '2', 'void', WHERE);
  await sealed(address, '2', 'put-back', { ...WHERE, result: { displaced: ['3', 4] } });
  await move(address, '3', {
    ...WHERE,
    actor: 'bob',
    more: { who: { actor: 'bob', started_by: 'eve' } },
  });
  const { text, report } = await run(address, { model: MODEL, history: 'true' });
  const moves = report.models[0]?.environments[0]?.history ?? [];
  expect(moves.map(({ ticket, outcome, approvals: count }) => [ticket, outcome, count])).toEqual([
    ['4', 'done', 0],
    ['3', 'put-back', 0],
    ['1', 'done', 2],
  ]);
  expect(moves[1]?.displaced).toEqual(['3']);
  expect(text).toContain('bob (started by eve)');
  expect(text).toContain('2 approvals');
});

test('an environment that was emptied has nobody, and who emptied it', async () => {
  const { address, registry } = await started();
  await move(address, '1', WHERE);
  await registry.removeAlias(MODEL, 'champion');
  expect((await run(address, asked)).result).toBe('refused');
  await move(address, undefined, {
    ...WHERE,
    verb: 'settle',
    actor: 'carol',
    more: { reason: 'off' },
  });
  const ended = await run(address, asked);
  expect(ended.outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '' });
  expect(ended.text).toMatch(/nobody .* carol +agrees/);
});

test('a move that has stopped disagrees until the world is back', async () => {
  const { address, registry } = await started();
  await move(address, '1', WHERE);
  const steps = [{ kind: 'alias', place: 'champion', before: '1', after: '2' }];
  await registry.setAlias(MODEL, 'champion', '3');
  const { end } = await move(address, '2', { ...WHERE, more: { steps } });
  expect(end.outcome).toBe('stopped');
  const stopped = await run(address, asked);
  expect(stopped.outputs).toMatchObject({ outcome: 'disagrees', disagreements: 1 });
  expect(environmentOf(stopped)?.disagreement).toMatchObject({
    stopped: '2',
    places: [{ kind: 'alias', place: 'champion', expected: '1', found: '3' }],
  });
  expect(stopped.text).toContain(
    'Promote to number 2 has stopped on somebody else’s value (ticket 2)',
  );
  expect(stopped.text).toContain('promote, STOPPED');
  expect(stopped.text).toContain(
    "  passmuster settle --model gpt-custom --environment production --reason '…'",
  );
  await registry.setAlias(MODEL, 'champion', '1');
  expect((await run(address, asked)).outputs.outcome).toBe('agrees');
});

test('a value that a move was to write and did not is perhaps a late write', async () => {
  const { address, registry } = await started();
  await move(address, '1', WHERE);
  await sealed(address, '2', 'put-back', WHERE);
  await registry.setAlias(MODEL, 'champion', '3');
  const byHand = await run(address, asked);
  expect(environmentOf(byHand)?.disagreement?.late).toBeUndefined();
  await registry.setAlias(MODEL, 'champion', '2');
  const late = await run(address, asked);
  expect(environmentOf(late)?.disagreement?.late).toBe('2');
  expect(late.page).toContain('may have landed late');
});

test('a ledger with a gap fails a check until somebody has accepted it', async () => {
  const { address, registry } = await started();
  await move(address, '1', WHERE);
  await move(address, '2', WHERE);
  await registry.deleteVersion(`passmuster.${MODEL}`, '1');
  const broken = await run(address, asked);
  expect(broken.result).toBe('refused');
  expect(broken.text).toContain('LEDGER BROKEN');
  const problems = broken.report.models[0]?.problems ?? [];
  expect(new Set(problems.map(({ accepted }) => accepted))).toEqual(new Set([false]));
  expect(broken.outputs.disagreements).toBe(problems.length);
  const accepted = problems.map(({ message }) => ({ message }));
  await move(address, '2', { ...WHERE, verb: 'settle', more: { accepted, reason: 'known' } });
  const settled = await run(address, asked);
  expect(settled.outputs).toMatchObject({ outcome: 'agrees', disagreements: 0 });
  expect(settled.text).toContain('Accepted by `settle`: Version 1 of the ledger is gone.');
  expect((await run(address, { model: MODEL })).text).not.toContain('Accepted');
});

test('a ledger that was deleted is missed by what it has left on versions', async () => {
  const { address, registry } = await started();
  await move(address, '1', WHERE);
  await registry.deleteModel(`passmuster.${MODEL}`);
  const { result, text } = await run(address, asked);
  expect(result).toBe('refused');
  expect(text).toContain('The ledger is missing or younger than it was');
});

test('a record that cannot be read hides no other, and nothing is guessed from it', async () => {
  const { address } = await started();
  await move(address, '1', WHERE);
  await sealed(address, '2', 'done', { ...WHERE, more: { verb: 'teleport' as 'promote' } });
  const { result, report, text } = await run(address, asked);
  expect(result).toBe('refused');
  expect(report.models[0]?.environments).toMatchObject([
    { state: 'unknown', history: [{ ticket: '1' }] },
  ]);
  expect(text).toContain('its verb is "teleport"');
});

test('an environment that is a stage alone is read by that, whatever else cannot be read', async () => {
  const { address, registry } = await registryWith(2, MODEL);
  const steps = [
    { kind: 'left', place: '1', before: 'None', after: 'Staging' },
    { kind: 'stage', place: 'Staging', before: '', after: '1' },
  ];
  const old = { environment: 'old', more: { steps, has: { stage: 'Staging' as const } } };
  await move(address, '1', old);
  const look = { model: MODEL, environment: 'old', check: 'true' };
  expect((await run(address, look)).outputs).toMatchObject({ outcome: 'agrees', version: '1' });
  const bad = { environment: 'new', more: { verb: 'teleport' as 'promote' } };
  await sealed(address, '2', 'done', bad);
  await registry.moveToStage(MODEL, '1', 'Archived', false);
  const ended = await run(address, look);
  expect(ended.result).toBe('refused');
  expect(environmentOf(ended, 'old')?.disagreement).toMatchObject({
    says: expect.stringContaining('no version is in the stage Staging'),
    places: [{ kind: 'stage', place: 'Staging', expected: '1', found: '' }],
  });
});
