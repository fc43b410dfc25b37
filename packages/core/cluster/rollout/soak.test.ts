import { expect, test } from 'vitest';
import { BAD, BEFORE, podOf } from './pod.fixture.ts';
import { Script } from './scripted.fixture.ts';

const TEMPLATE = { labels: new Map(), pod: { containers: [{ name: 'main' }] } };

/** All is done after a second; what comes then is told from there. */
function done(): Script {
  const script = new Script().at(1_000, () => script.counts('api', {}));
  // It was started twice before it was ready.
  script.pods = [podOf('api-1', { restarts: 2 }), podOf('old', BAD.crashing, {}, BEFORE)];
  return script;
}

test('pods that hold out are well', async () => {
  const script = done();
  expect(await script.wait({ soak: 45_000 })).toMatchObject({ failures: [], remarks: [] });
  expect(script.time.now).toBe(46_000);
  expect(script.lines).toContain(
    '1 All have rolled out; for 45 s it is watched whether their pods hold out.',
  );
});

test('without a soak nothing is watched', async () => {
  const script = done();
  script.pods = [podOf('api-1', BAD.crashing)];
  expect((await script.wait()).failures).toEqual([]);
});

test('a pod that fails then is a failure', async () => {
  const script = done().at(10_000, () => {
    script.pods = [podOf('api-1', BAD.crashing)];
  });
  expect((await script.wait({ soak: 60_000 })).failures).toMatchObject([
    { pod: { name: 'api-1', reason: 'CrashLoopBackOff' } },
  ]);
});

test('a container that was started again is one, though it is ready', async () => {
  const script = done().at(10_000, () => {
    const last = { reason: 'Error', exitCode: 2, message: 'panic' };
    script.pods = [podOf('api-1', { restarts: 3, last })];
  });
  expect((await script.wait({ soak: 60_000 })).failures).toMatchObject([
    {
      says: 'container main of its pod api-1 ended with exit code 2 after the rollout, and was started again',
      pod: { reason: 'Error', message: 'panic' },
    },
  ]);
});

test('a pod that is missing for a moment is none', async () => {
  const script = done()
    .at(10_000, () => script.counts('api', { available: 2 }))
    .at(18_000, () => script.counts('api', {}));
  expect((await script.wait({ soak: 60_000 })).failures).toEqual([]);
});

test('a pod that is missing for longer is one', async () => {
  const script = done().at(10_000, () => script.counts('api', { available: 2 }));
  expect((await script.wait({ soak: 60_000 })).failures).toMatchObject([
    { says: 'it was done, and is not any more for 10 s: 2 of 3 pods available' },
  ]);
});

test('the end waits for a pod that is missing just then', async () => {
  const script = done()
    .at(58_000, () => script.counts('api', { available: 2 }))
    .at(64_000, () => script.counts('api', {}));
  expect((await script.wait({ soak: 60_000 })).failures).toEqual([]);
  expect(script.time.now).toBeGreaterThanOrEqual(64_000);

  const second = done().at(58_000, () => second.counts('api', { available: 2 }));
  expect((await second.wait({ soak: 60_000 })).failures).toHaveLength(1);
});

test('somebody who changes the template then is told', async () => {
  const script = done().at(10_000, () => {
    script.counts('api', {}, { generation: 3, template: { ...TEMPLATE, annotations: new Map() } });
  });
  expect((await script.wait({ soak: 60_000 })).failures).toMatchObject([
    { says: expect.stringContaining('somebody else has changed its pod template') },
  ]);
});
