import { RegistryError } from '@passmuster/core/registry/error.ts';
import { expect, test } from 'vitest';
import { looking } from '../register/running.fixture.ts';
import {
  asActor,
  historyOf,
  ledgerOf,
  MODEL,
  promoteTo,
  registered,
  rollBack,
  run,
  stands,
  watched,
} from './running.fixture.ts';

const PRODUCTION = { environment: 'production' };
const { signal } = new AbortController();

const REFUSED = new RegistryError(
  { reason: 'refused', effect: 'none' },
  { message: 'Could not: the test refuses.' },
);

test('to an environment go its alias and its stage, and who was there is archived', async () => {
  const address = await registered([0.8, 0.9]);
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
  expect(await stands(address)).toEqual({ staging: '1', champion: '1', Production: '1' });
  await promoteTo(address, 'v1.1.0', 'staging');
  const { result, outputs } = await run(address, { ...PRODUCTION, version: 'v1.1.0' });
  expect(result).toBe('done');
  expect(outputs).toMatchObject({ outcome: 'promoted', from: '1', to: '2' });
  expect(outputs['promotion-id']).toMatch(/^[0-9a-f]{32}$/);
  expect(await stands(address)).toEqual({
    ...{ staging: '2', champion: '2', Production: '2' },
    Archived: '1',
  });
  const last = (await historyOf(address, 'production')).at(-1);
  expect(outputs.record).toBe(last?.number);
  const version = await (await looking(address)).version(MODEL, '2');
  expect(version?.tags.get('passmuster.moved.production')).toContain(
    `passmuster.${MODEL}/${last?.number} ${last?.digest}`,
  );
});

test('the record says who, when, from, to, why and on what grounds, and names the one before', async () => {
  const address = await registered([0.8, 0.9]);
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
  await promoteTo(address, 'v1.1.0', 'staging');
  const of = { server: 'https://github.com', repository: 'acme/models', id: '7', attempt: '2' };
  const { outputs } = await run(
    address,
    { ...PRODUCTION, version: 'v1.1.0', reason: 'better, see #42' },
    asActor('ann', { startedBy: 'bob', run: of }),
  );
  const [first, last] = await historyOf(address, 'production');
  expect(last?.outcome).toBe('done');
  expect(last?.previous).toEqual({ number: first?.number, digest: first?.digest });
  expect(last?.marks.get('run')).toBe('https://github.com/acme/models/7');
  const sealed = await ledgerOf(await looking(address)).last('names', signal);
  expect(sealed?.record).not.toHaveProperty('digest');
  expect(last?.record).toMatchObject({
    verb: 'promote',
    id: outputs['promotion-id'],
    model: MODEL,
    environment: 'production',
    from: { number: '1', version: 'v1.0.0', ticket: first?.number },
    to: { number: '2', version: 'v1.1.0' },
    at: expect.stringMatching(/^20\d\d-\d\d-\d\dT/),
    who: {
      ...{ actor: 'ann', started_by: 'bob', repository: 'acme/models' },
      run: 'https://github.com/acme/models/actions/runs/7/attempts/2',
    },
    reason: 'better, see #42',
    verdict: 'pass',
    gates: [{ gate: 'accuracy >= 0.8', verdict: 'pass', value: 0.9, bound: 0.8 }],
    evidence: [expect.stringMatching(/ sha256:[0-9a-f]{64}$/)],
    policy: { from: 'file', digest: expect.stringMatching(/^sha256:/) },
  });
});

test('what is there already is unchanged, whoever asks, and is not recorded again', async () => {
  const address = await registered([0.9]);
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
  const before = await historyOf(address, 'production');
  for (const version of ['v1.0.0', '1', '@champion', 'Production']) {
    const { result, outputs } = await run(address, { ...PRODUCTION, version });
    expect(result).toBe('done');
    expect(outputs).toMatchObject({ outcome: 'unchanged', from: '1', to: '1' });
    expect(outputs.record).toBe(before[0]?.number);
  }
  expect(await historyOf(address, 'production')).toEqual(before);
});

test('a stage that a version was taken on from is its environment’s no more, its alias is', async () => {
  const address = await registered([0.9]);
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
  const { outputs } = await run(address, { environment: 'staging' });
  expect(outputs.outcome).toBe('unchanged');
});

const UNORDERED = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }
environments: { staging: { stage: Staging }, production: { stage: Production } }
`;

test('from staging a version goes on to production, also where no `after` says so', async () => {
  const address = await registered([0.9, 0.95], UNORDERED);
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
  expect(await stands(address)).toEqual({ staging: '1', production: '1', Production: '1' });
  await promoteTo(address, 'v1.1.0', 'staging', 'production');
  expect(await stands(address)).toEqual({
    ...{ staging: '2', production: '2', Production: '2' },
    Archived: '1',
  });
  for (const environment of ['staging', 'production']) {
    const { outputs } = await run(address, { environment, version: 'v1.1.0' });
    expect(outputs.outcome).toBe('unchanged');
  }
});

test('to staging goes a version that is live in production, and leaves production alone', async () => {
  const address = await registered([0.9, 0.95, 0.96], UNORDERED);
  await promoteTo(address, 'v1.0.0', 'staging');
  await promoteTo(address, 'v1.1.0', 'production', 'staging');
  // Whoever was in the stage has left it, or stage and alias would disagree.
  expect(await stands(address)).toEqual({
    ...{ staging: '2', production: '2', Production: '2' },
    Archived: '1',
  });
  const [, moved] = await historyOf(address, 'staging');
  expect(moved?.record).toMatchObject({
    steps: [
      { kind: 'stage', place: 'Staging', before: '1', after: '' },
      { kind: 'alias', place: 'staging', before: '1', after: '2' },
    ],
  });
  const again = await run(address, { environment: 'staging', version: 'v1.1.0' });
  expect(again.outputs.outcome).toBe('unchanged');
  await promoteTo(address, 'v1.2.0', 'staging');
  expect(await stands(address)).toMatchObject({ staging: '3', Staging: '3', Production: '2' });
});

test('and what had left the stage comes back when the alias cannot be set', async () => {
  const address = await registered([0.9, 0.95], UNORDERED);
  await promoteTo(address, 'v1.0.0', 'staging');
  await promoteTo(address, 'v1.1.0', 'production');
  const before = await stands(address);
  const openRegistry = watched(address, {
    before: (name) => {
      if (name === 'setAlias') throw REFUSED;
    },
  });
  const given = { environment: 'staging', version: 'v1.1.0' };
  const { result, outputs, said } = await run(address, given, { openRegistry });
  expect([result, outputs.outcome]).toEqual(['upstream', 'put-back']);
  expect(said).toContain('the test refuses');
  expect(await stands(address)).toEqual(before);
  expect((await historyOf(address, 'staging')).at(-1)).toMatchObject({ outcome: 'put-back' });
  expect((await run(address, given)).outputs.outcome).toBe('promoted');
});

test('a promotion has one id however often it is planned, and another after a rollback', async () => {
  const address = await registered([0.9, 0.95]);
  await promoteTo(address, 'v1.0.0', 'lonely');
  const next = { environment: 'lonely', version: 'v1.1.0' };
  const dry = { ...next, 'dry-run': 'true' };
  const id = async (given: Record<string, string>) =>
    (await run(address, given)).outputs['promotion-id'];
  const first = await id(dry);
  expect(await id(dry)).toBe(first);
  expect(await id(next)).toBe(first);
  await rollBack(address, 'lonely', '1');
  const again = await id({ ...next, again: 'true' });
  expect(again).toMatch(/^[0-9a-f]{32}$/);
  expect(again).not.toBe(first);
});

test('what was rolled back from comes back only with `again`', async () => {
  const address = await registered([0.9, 0.95]);
  await promoteTo(address, 'v1.0.0', 'lonely');
  await promoteTo(address, 'v1.1.0', 'lonely');
  await rollBack(address, 'lonely', '1');
  const next = { environment: 'lonely', version: 'v1.1.0' };
  const before = await stands(address);
  const { result, outputs, said } = await run(address, next);
  expect([result, outputs.outcome, outputs.record]).toEqual(['refused', 'refused', '']);
  expect(await stands(address)).toEqual(before);
  expect(said).toMatch(
    /was rolled back from v1\.1\.0 \(number 2\) by roller \(ticket \d+\): it answered in verse\..*`again: true`/,
  );
  expect((await run(address, { ...next, again: 'true' })).outputs.outcome).toBe('promoted');
  expect((await run(address, next)).outputs.outcome).toBe('unchanged');
});

test('a lower semantic version that was there is refused, with the command that goes back', async () => {
  const address = await registered([0.9, 0.95]);
  await promoteTo(address, 'v1.0.0', 'lonely');
  await promoteTo(address, 'v1.1.0', 'lonely');
  const { said } = await run(address, { environment: 'lonely', version: 'v1.0.0', override: 'x' });
  expect(said).toContain(
    "To go back, run `passmuster rollback --model gpt-custom --environment lonely --to v1.0.0 --reason '…'`.",
  );
});

test('a lower semantic version that was never there is refused', async () => {
  const address = await registered([0.9, 0.95]);
  await promoteTo(address, 'v1.1.0', 'lonely');
  const lower = { environment: 'lonely', version: 'v1.0.0', override: 'x' };
  const { result, outputs, said } = await run(address, lower);
  expect([result, outputs.outcome]).toEqual(['refused', 'refused']);
  expect(said).toContain(
    'v1.0.0 (number 1) is lower than v1.1.0 (number 2), which is in lonely now.' +
      ' It was never there, so there is no way back to it.',
  );
  expect(await stands(address)).toEqual({ lonely: '2' });
});
