import { expect, test } from 'vitest';
import { leave, MODEL, move, queued } from './moving.fixture.ts';
import { environmentOf, registryWith, run, standingWith } from './running.fixture.ts';

const POLICY = `
environments:
  staging: { stage: Staging }
  production: { stage: Production, alias: champion, after: staging }
`;
const STAGING = { environment: 'staging', stage: 'Staging' } as const;
const PRODUCTION = { environment: 'production', alias: 'champion', stage: 'Production' } as const;
const PASSED = { verdict: 'pass' } as const;

/** Two versions went to production, and the first is in staging no more. */
async function lived() {
  await standingWith(POLICY);
  const there = await registryWith(3, MODEL);
  const { address } = there;
  await move(address, '1', { ...STAGING, more: PASSED });
  await move(address, '1', { ...PRODUCTION, more: PASSED });
  await move(address, '2', { ...STAGING, more: PASSED, actor: 'bob' });
  await move(address, '2', { ...PRODUCTION, more: PASSED, actor: 'bob' });
  return there;
}

test('what is live, since when, and by whom', async () => {
  const { address } = await lived();
  const ended = await run(address, { model: MODEL, history: 'true' });
  expect(ended.result).toBe('done');
  expect(ended.outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '' });
  expect(environmentOf(ended, 'production')).toMatchObject({
    state: 'agrees',
    version: { number: '2' },
    how: 'promoted',
    move: { by: { actor: 'bob' }, verdict: 'pass' },
    in_policy: true,
  });
  const tickets = environmentOf(ended, 'production')?.history?.map(({ ticket }) => ticket);
  expect(tickets).toEqual(['4', '2']);
  expect(ended.text).toMatch(/^PASS gpt-custom: everything agrees$/m);
  const only = await run(address, { model: MODEL, environment: 'production', check: 'true' });
  expect(only.outputs).toEqual({ outcome: 'agrees', disagreements: 0, version: '2' });
  expect(only.text).toContain('PASS gpt-custom: production has number 2; everything agrees');
  expect(only.report.models[0]?.environments[0]?.history).toBeUndefined();
});

test('a move made by hand is named with its before and after, and fails a check', async () => {
  const { address, registry } = await lived();
  await registry.setAlias(MODEL, 'champion', '3');
  const ended = await run(address, { model: MODEL, environment: 'production' });
  expect(ended.result).toBe('done');
  expect(ended.outputs).toEqual({ outcome: 'disagrees', disagreements: 1, version: '' });
  expect(environmentOf(ended, 'production')?.disagreement).toMatchObject({
    places: [{ kind: 'alias', place: 'champion', expected: '2', found: '3' }],
    settle: "passmuster settle --model gpt-custom --environment production --reason '…'",
  });
  expect(ended.annotations.map(({ level }) => level)).toEqual(['warning']);
  const checked = await run(address, { model: MODEL, check: 'true' });
  expect(checked.result).toBe('refused');
  expect(checked.annotations.map(({ level }) => level)).toEqual(['error']);
  expect(checked.text).toContain('alias champion number 2 → number 3');
});

test.each([0, 1, 2])(
  'after %i calls of a move that was left it is under way, not drifted, and waits for somebody',
  async (done) => {
    const { address, registry } = await lived();
    await leave(address, '3', { ...PRODUCTION, done: done > 0 ? done + 1 : 0 });
    const ended = await run(address, { model: MODEL, check: 'true' });
    expect(ended.text).toContain('under way');
    expect(ended.outputs).toMatchObject({ outcome: 'disagrees', disagreements: 1 });
    expect(ended.text.replaceAll('\n  ', ' ')).toContain(
      'production: ticket 5 of alice was begun and has no end, and its run has left it (SIGTERM): a part of it may be done. Run it again to go on;',
    );
    expect(environmentOf(ended, 'production')).toMatchObject({
      state: 'under-way',
      version: { number: '2' },
    });
    expect(environmentOf(ended, 'staging')?.state).toBe('agrees');
    expect(ended.report.models[0]?.waiting).toMatchObject([
      { ...{ ticket: '5', verb: 'promote', by: 'alice' }, recorded: true, abandoned: true },
    ]);
    await registry.setAlias(MODEL, 'champion', '1');
    const foreign = await run(address, { model: MODEL, check: 'true' });
    expect(environmentOf(foreign, 'production')?.state).toBe('disagrees');
  },
);

test('what waits is told in order, and registrations in one line', async () => {
  const { address } = await lived();
  await queued(address, { ...PRODUCTION, actor: 'carol' });
  await queued(address, { queue: 'names', actor: 'dan' });
  await queued(address, { ...STAGING, actor: 'eve' });
  await queued(address, { queue: 'names', actor: 'frank' });
  const { text, report, outputs } = await run(address, { model: MODEL, check: 'true' });
  expect(outputs.outcome).toBe('agrees');
  const waits = report.models[0]?.waiting.map(({ ticket, queue, by }) => [ticket, queue, by]);
  expect(waits).toEqual([
    ['5', 'moves', 'carol'],
    ['7', 'moves', 'eve'],
    ['6', 'names', 'dan'],
    ['8', 'names', 'frank'],
  ]);
  const lines = text.replaceAll('\n  ', ' ').replaceAll(/\d{4}-\S+ \S+ UTC/g, 'now');
  expect(lines).toContain(
    [
      '- ticket 5, promote for production, taken by carol at now: it is its turn, and nothing is done yet.',
      '- ticket 7, promote for staging, taken by eve at now: it waits, and nothing of it is done.',
      '- a version is being registered, ticket 6, taken by dan at now; 1 more waits.',
    ].join('\n'),
  );
});

test('a move by hand that is being settled is under way', async () => {
  const { address, registry } = await lived();
  await registry.setAlias(MODEL, 'champion', '3');
  await registry.moveToStage(MODEL, '3', 'Production', true);
  await leave(address, '3', { ...PRODUCTION, verb: 'settle' });
  const ended = await run(address, { model: MODEL, check: 'true' });
  expect(environmentOf(ended)).toMatchObject({ state: 'under-way', version: { number: '2' } });
  expect(ended.text).toContain('settle for production, taken by alice');
});

test('so is the first move of all, from what was found there', async () => {
  await standingWith(POLICY);
  const { address, registry } = await registryWith(2, MODEL);
  await registry.setAlias(MODEL, 'champion', '1');
  await registry.moveToStage(MODEL, '1', 'Production', true);
  await leave(address, '2', { ...PRODUCTION, done: 2 });
  const ended = await run(address, { model: MODEL, environment: 'production' });
  expect(ended.outputs).toEqual({ outcome: 'disagrees', disagreements: 1, version: '1' });
  expect(environmentOf(ended)?.state).toBe('under-way');
  expect(ended.text).toContain('stage Production done, alias champion not yet');
});
