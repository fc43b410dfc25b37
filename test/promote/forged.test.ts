import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import { expect, test } from 'vitest';
import { looking } from '../register/running.fixture.ts';
import { standingIn } from '../validate/running.fixture.ts';
import {
  ledgerOf,
  MODEL,
  POLICY,
  problemsOf,
  promoteTo,
  registered,
  run,
  stands,
} from './running.fixture.ts';

const { signal } = new AbortController();
const GATES = `models: { ${MODEL}: { gates: [accuracy >= 0.8] } }
environments: { live: { stage: Production } }
`;
const NEXT = { environment: 'live', version: 'v1.1.0' };

/** An open ticket with a record that somebody has made up from one of ours. */
async function forge(address: string, change: (last: Ticket) => Record<string, unknown>) {
  const ledger = ledgerOf(await looking(address));
  const last = await ledger.last({ environment: 'live' }, signal);
  if (last === undefined) throw new Error('nothing was moved');
  const held = await ledger.take(
    { queue: 'moves', environment: 'live', intent: 'promote live to 2', marks: new Map() },
    {
      ...{ wait: 0, signal, waiting: () => {} },
      answerFor: async () => ({ outcome: 'void', result: {} }),
    },
  );
  await held.record({
    ...last.record,
    from: { number: '1', ticket: last.number },
    ...change(last),
  });
  await held.letGo('SIGTERM');
  return held.number;
}

test('an open ticket that none of ours can have written is not carried out, and says so', async () => {
  const address = await registered([0.8, 0.9], GATES);
  await promoteTo(address, 'v1.0.0', 'live');
  const before = await stands(address);
  const number = await forge(address, () => ({
    to: { number: '2' },
    steps: [{ kind: 'alias', place: 'somebody-elses', before: '', after: '2' }],
  }));
  const problems = await problemsOf(run(address, NEXT));
  expect(problems).toContain(`conflict: Ticket ${number} was left open, and none of our runs`);
  expect(problems).toContain(
    'it changes the alias somebody-elses, which is none of its environment',
  );
  expect(problems).toContain(`delete version ${number} of the registered model "passmuster.`);
  expect(await stands(address)).toEqual(before);
});

test('what was moved under a policy is not moved without one', async () => {
  const address = await registered([0.8, 0.9], GATES);
  await promoteTo(address, 'v1.0.0', 'live');
  const before = await stands(address);
  await standingIn({});
  const { outputs, said } = await run(address, { ...NEXT, gates: 'accuracy >= 0.1' });
  expect(outputs.outcome).toBe('refused');
  expect(said).toMatch(/was moved under a policy before \(ticket \d+\), and here none is in force/);
  expect(await stands(address)).toEqual(before);
});

test('nor by the name of another environment that has the same stage', async () => {
  const address = await registered([0.8, 0.9], POLICY);
  await promoteTo(address, 'v1.0.0', 'staging');
  const before = await stands(address);
  await standingIn({});
  const elsewhere = { version: 'v1.1.0', stage: 'Staging', environment: 'else' };
  const { outputs, said } = await run(address, { ...elsewhere, gates: 'accuracy >= 0.1' });
  expect(outputs.outcome).toBe('refused');
  expect(said).toMatch(/the stage Staging says what is in staging/);
  expect(await stands(address)).toEqual(before);
});
