import { expect, test } from 'vitest';
import { asActor, historyOf, MODEL, registered, run, stands } from './running.fixture.ts';

const TO = { environment: 'live' };

const frozen = (until: string, more = ''): string =>
  `models: { ${MODEL}: { gates: [accuracy > 0.8] } }
environments:
  live: { freeze: { until: "${until}", reason: "audit week", pass: [Ann] }${more} }
`;

test('a freeze lets nobody by, and says until when, why and who may', async () => {
  const address = await registered([0.9], frozen('2999-12-31'));
  const { result, said } = await run(address, TO);
  expect(result).toBe('refused');
  expect(said).toMatch(
    /live is frozen until 2999-12-31: audit week\. Wait until then, or ask.*Ann/,
  );
  expect(await stands(address)).toEqual({});
});

test('a freeze changes no letter of the name that it begins with', async () => {
  const policy = frozen('2999-12-31').replace(/\blive:/, 'EU-prod:');
  const address = await registered([0.9], policy);
  const { page } = await run(address, { environment: 'EU-prod' });
  expect(JSON.stringify(page)).toContain('": EU-prod is frozen until');
});

test('a freeze lets those by whom it names', async () => {
  const address = await registered([0.9], frozen('2999-12-31'));
  expect((await run(address, TO, asActor('ann'))).outputs.outcome).toBe('promoted');
});

test('a freeze holds where somebody else had started the run', async () => {
  const address = await registered([0.9], frozen('2999-12-31'));
  const { result } = await run(address, TO, asActor('ann', { startedBy: 'bob' }));
  expect(result).toBe('refused');
});

test('a freeze is over after its day', async () => {
  const address = await registered([0.9], frozen('2020-12-31'));
  expect((await run(address, TO)).outputs.outcome).toBe('promoted');
});

test('a freeze does not hinder a look', async () => {
  const address = await registered([0.9], frozen('2999-12-31', ', may-override: [bob]'));
  const { result } = await run(address, { ...TO, 'dry-run': 'true' });
  expect(result).toBe('refused');
  const bob = await run(address, { ...TO, override: 'audit is done' }, asActor('bob'));
  expect(bob.outputs.outcome).toBe('promoted');
  const [moved] = await historyOf(address, 'live');
  expect(moved?.record?.['override']).toEqual({ reason: 'audit is done', passed: ['freeze'] });
});
