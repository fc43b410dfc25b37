import { forgeThat } from '@passmuster/core/forge.fixture.ts';
import { describe, expect, test } from 'vitest';
import { around, looking } from '../register/running.fixture.ts';
import {
  betweenLookAndTicket as between,
  holding,
  MODEL,
  problemsOf,
  promoteTo,
  registered,
  rollBack,
  run,
  stands,
} from './running.fixture.ts';

const CHAINED = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }
environments: { staging: {}, production: { after: staging }, other: {} }
`;
const NEXT = { environment: 'production', version: 'v1.2.0' };

/** Production has the first of three versions, staging had all of them. */
async function live(): Promise<string> {
  const address = await registered([0.8, 0.9, 0.95], CHAINED);
  await promoteTo(address, 'v1.0.0', 'staging', 'production');
  for (const version of ['v1.1.0', 'v1.2.0']) await promoteTo(address, version, 'staging');
  return address;
}

describe('what comes between the plan and the turn', () => {
  test('to the environment that comes before: what it was rolled back from does not go on', async () => {
    const address = await live();
    const openRegistry = between(address, () => rollBack(address, 'staging', '2'));
    const { outputs, said } = await run(address, NEXT, { openRegistry });
    expect(outputs.outcome, said).toBe('refused');
    expect(said).toContain('staging was rolled back from it');
    expect(await stands(address)).toMatchObject({ production: '1' });
  });

  test('to nothing that it rests on: it is considered anew, and moves', async () => {
    const address = await live();
    const openRegistry = between(address, () => promoteTo(address, 'v1.1.0', 'production'));
    const problems = await problemsOf(run(address, NEXT, { openRegistry }));
    expect(problems).toMatch(/^conflict: production was moved while this run waited/);
    const tag = async () => (await looking(address)).tagVersion(MODEL, '2', 'seen.by', 'a reader');
    const again = await run(address, NEXT, { openRegistry: between(address, tag) });
    expect(again.outputs).toMatchObject({ outcome: 'promoted', from: '2', to: '3' });
  });

  test('to its numbers: they are read again', async () => {
    const address = await live();
    const openRegistry = between(address, async () => {
      const registry = await looking(address);
      const { runId = '' } = (await registry.version(MODEL, '3')) ?? {};
      const metrics = [{ key: 'accuracy', value: 0.1, step: 1, timestamp: 2 }];
      await registry.log(runId, { metrics });
      await promoteTo(address, 'v1.0.0', 'other');
    });
    const { outputs, said } = await run(address, NEXT, { openRegistry });
    expect(outputs.outcome, said).toBe('refused');
    expect(said).toContain('accuracy >= 0.8 does not hold');
  });
});

test('a policy that changes while a job waits is the one that counts', async () => {
  const address = await live();
  let policy = CHAINED;
  const forge = forgeThat({ fileAt: async () => ({ text: policy, commit: 'c'.repeat(40) }) });
  const { host, voice } = around();
  const server = 'https://github.com';
  const of = { server, repository: 'acme/models', id: '7', attempt: '1' };
  const letGo = await holding(address);
  const note = () => {
    policy = CHAINED.replace(
      'after: staging',
      'after: staging, freeze: { until: "2999-12-31", reason: audit }',
    );
    void letGo();
  };
  const ports = { forge, host: { ...host, isJob: true, run: of }, voice: { ...voice, note } };
  const { outputs, said } = await run(address, NEXT, ports);
  expect(outputs.outcome, said).toBe('refused');
  expect(said).toContain('production is frozen until 2999-12-31: audit');
});
