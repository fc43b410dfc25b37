import { expect, test } from 'vitest';
import { historyOf, killed, toWhomAllEnded } from '../promote/running.fixture.ts';
import {
  dataIn,
  deploy,
  fastClock,
  LONG_LEASE,
  run,
  SERVES,
  SHORT_LEASE,
  seeing,
  type World,
  world,
  written,
} from './serving.fixture.ts';

const CANARY = { version: 'v1.2.0', canary: '10' };

/** A canary of which all is written, and that has died; then the same once more. */
async function goneOnWith(at: World) {
  at.double.reset();
  let isDead = false;
  const openRegistry = killed(at.address, 'before', () => isDead);
  const openCluster = seeing(at.open, {
    after: (name) => {
      isDead ||= name === 'stamp' && written(at).length > 1;
      if (isDead) throw new Error('killed');
    },
  });
  const died = deploy(at, CANARY, { openRegistry, openCluster, lease: SHORT_LEASE });
  await expect(died).rejects.toThrow('killed');
  expect(dataIn(at)).toMatchObject({ canary_version: 'v1.2.0' });
  return deploy(at, CANARY, { ...toWhomAllEnded(), clock: fastClock, lease: LONG_LEASE });
}

test('a canary that another run has begun is told as one, with its own record', async () => {
  const at = await world();
  const { outputs } = await goneOnWith(at);
  const last = (await historyOf(at.address, 'production')).at(-1);
  expect(last?.outcome).toBe('canary');
  expect(outputs).toMatchObject({ outcome: 'canary', to: '3', record: last?.number });
  const again = await deploy(at, CANARY);
  expect(again.outputs).toMatchObject({ outcome: 'unchanged', record: last?.number });
});

test('what somebody had put there before the first record is no sign of a forgery', async () => {
  const at = await world({ data: { ...SERVES, canary_version: 'none' } });
  expect((await run(at)).outputs.outcome).toBe('promoted');
  expect((await goneOnWith(at)).outputs.outcome).toBe('canary');
});
