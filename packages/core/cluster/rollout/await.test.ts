import { expect, test } from 'vitest';
import { ClusterError } from '../error.ts';
import { BAD, BEFORE, podOf, UNSCHEDULABLE } from './pod.fixture.ts';
import { justStamped, NEW, Script } from './scripted.fixture.ts';

const denied = (what: string) =>
  new ClusterError(
    { reason: 'denied', effect: 'none' },
    { message: `you may not ${what}`, hint: `Allow ${what}.` },
  );

test('it waits until all of them are done', async () => {
  const script = new Script()
    .at(1_000, () => script.counts('api', { updated: 1 }))
    .at(2_000, () => script.counts('db', {}, { kind: 'StatefulSet' }))
    .at(9_000, () => script.counts('api', {}));
  const end = await script.wait({}, justStamped('api'), justStamped('db', { kind: 'StatefulSet' }));
  expect(end).toEqual({
    failures: [],
    remarks: [],
    states: [
      {
        ref: { kind: 'Deployment', namespace: 'shop', name: 'api' },
        says: '3 pods of the new template, all available',
      },
      {
        ref: { kind: 'StatefulSet', namespace: 'shop', name: 'db' },
        says: '3 pods of the new template, all available',
      },
    ],
  });
  expect(script.time.now).toBe(9_000);
  expect(script.followers).toBe(0);
});

test('it says how it goes, not more often than can be read, and that it still waits', async () => {
  const script = new Script();
  for (let second = 1; second <= 8; second++) {
    script.at(second * 1_000, () => script.counts('api', { updated: second % 3 }));
  }
  script.at(70_000, () => script.counts('api', {}));
  await script.wait();
  expect(script.lines).toEqual([
    '0 Deployment shop/api: its controller has not seen the change yet',
    '5 Deployment shop/api: 2 of 3 pods have the new template',
    '35 Deployment shop/api: 2 of 3 pods have the new template (for 30 s now)',
    '65 Deployment shop/api: 2 of 3 pods have the new template (for 60 s now)',
    '70 Deployment shop/api: 3 pods of the new template, all available',
  ]);
});

test('one that fails ends the wait for all, and tells what is the matter', async () => {
  const script = new Script().at(1_000, () => script.counts('api', { updated: 1 }));
  script.at(4_000, () => {
    script.pods = [podOf('old', BAD.crashing, {}, BEFORE), podOf('api-1', BAD.crashing)];
  });
  script.logs.set('before', `${'x\n'.repeat(30)}token=http://a:secret@host\tdied\u001b[2J\n\n`);
  const event = { type: 'Warning', reason: 'BackOff', message: 'restarting', count: 4 };
  for (let count = 1; count <= 7; count++) script.said.push({ ...event, count });
  const { failures, states } = await script.wait({}, justStamped('api'), justStamped('db'));
  expect(failures).toMatchObject([
    {
      ref: { name: 'api' },
      says: 'its pod api-1 does not start (CrashLoopBackOff, container main): it ended with exit code 1',
      hint: '`kubectl describe pod -n shop api-1`',
      pod: { name: 'api-1', container: 'main', reason: 'CrashLoopBackOff', isOfRunBefore: true },
    },
  ]);
  const [{ pod } = {}] = failures;
  expect(pod?.log).toHaveLength(20);
  expect(pod?.log.at(-1)).toBe('token=http://********@host  died\\u{1b}[2J');
  expect(pod?.events.map((text) => text.slice(-9))).toEqual([
    ...['(3 times)', '(4 times)', '(5 times)', '(6 times)', '(7 times)'],
  ]);
  expect(states).toHaveLength(2);
  expect(script.asked).toContain('log api-1 main before 20');
  expect(script.followers).toBe(0);
});

test('what has never run has no log, and what is logged after a crash is second best', async () => {
  const script = new Script().at(1_000, () => script.counts('api', { updated: 1 }));
  script.pods = [podOf('api-1', BAD.noKey)];
  expect((await script.wait()).failures).toMatchObject([{ pod: { log: [] } }]);
  expect(script.asked.filter((what) => what.startsWith('log'))).toEqual([]);

  const second = new Script().at(1_000, () => second.counts('api', { updated: 1 }));
  second.pods = [podOf('api-1', BAD.crashing)];
  second.logs.set('now', 'starts');
  expect((await second.wait()).failures).toMatchObject([
    { pod: { log: ['starts'], isOfRunBefore: false } },
  ]);
});

test('what may pass ends the wait only when it lasts', async () => {
  const script = new Script()
    .at(1_000, () => script.counts('api', { updated: 1 }))
    .at(20_000, () => {
      script.pods = [podOf('api-1')];
    })
    .at(30_000, () => script.counts('api', {}));
  script.pods = [podOf('api-1', BAD.pulling)];
  expect((await script.wait()).failures).toEqual([]);

  const second = new Script().at(1_000, () => second.counts('api', { updated: 1 }));
  second.pods = [podOf('api-1', {}, UNSCHEDULABLE)];
  const grace = { starting: 0, scheduling: 60_000 };
  const { failures } = await second.wait({ grace });
  expect(failures).toMatchObject([{ pod: { reason: 'Unschedulable' } }]);
  expect(failures[0]?.says).toMatch(/\(Unschedulable\): 0\/3 nodes/);
  expect(second.time.now).toBeGreaterThanOrEqual(63_000);
});

test('the time for all of them is one', async () => {
  const script = new Script()
    .at(1_000, () => script.counts('api', { updated: 1 }))
    .at(5_000, () => script.counts('db', {}));
  script.pods = [podOf('api-1', BAD.slow)];
  const end = await script.wait({ timeout: 60_000 }, justStamped('api'), justStamped('db'));
  expect(end.failures).toMatchObject([
    {
      ref: { name: 'api' },
      says: 'it is not done after 60 s: 1 of 3 pods has the new template',
      pod: { name: 'api-1', reason: 'NotReady' },
    },
  ]);
  expect(script.time.now).toBe(60_000);
});

test('a deadline that strikes before the wait is over is told ahead', async () => {
  const script = new Script().at(1_000, () => script.counts('api', {}));
  const { remarks } = await script.wait({}, justStamped('api', { deadline: 60 }));
  expect(remarks).toEqual([expect.stringContaining('after 60 s')]);
});

test('what nobody sees work is told', async () => {
  const none = { wanted: 0, there: 0, updated: 0, ready: 0, available: 0 };
  const script = new Script().at(1_000, () => script.counts('api', none));
  const { failures, remarks } = await script.wait({ soak: 5_000 });
  expect(script.time.now).toBe(1_000);
  expect([failures, remarks]).toEqual([
    [],
    [
      'Deployment shop/api: it is scaled to 0 pods, so nothing shows whether the new version works.',
    ],
  ]);
});

test('rights that are missing for an explanation are told once, and it goes on', async () => {
  const script = new Script().at(9_000, () => script.show('api', undefined));
  for (const what of ['pods', 'log', 'events']) script.refusals.set(what, denied(what));
  const { failures, remarks } = await script.wait();
  expect(failures).toMatchObject([{ says: 'it was deleted' }]);
  expect(remarks).toEqual(['The pods cannot be read: you may not pods Allow pods.']);
  expect(script.asked.filter((what) => what.startsWith('pods'))).toHaveLength(2);

  const second = new Script().at(1_000, () => second.counts('api', { updated: 1 }));
  second.pods = [podOf('api-1', BAD.crashing)];
  for (const what of ['log', 'events']) second.refusals.set(what, denied(what));
  expect(await second.wait()).toMatchObject({
    failures: [{ pod: { log: [], events: [] } }],
    remarks: [/events of pods/, /logs of pods/].map((text) => expect.stringMatching(text)),
  });
});

test('a look that fails is borne', async () => {
  const script = new Script().at(9_000, () => script.counts('api', {}));
  const failure = { reason: 'unanswered', effect: 'unknown' } as const;
  script.refusals.set('pods', new ClusterError(failure, { message: 'no answer' }));
  expect(await script.wait()).toMatchObject({ failures: [], remarks: [] });
});

test('what the cluster refuses when it is asked how it goes ends the wait without an answer', async () => {
  const script = new Script();
  script.refusals.set('follow', denied('watch'));
  await expect(script.wait()).rejects.toThrow('you may not watch');
});

test.each([false, true])('a signal ends it at once (a silent server: %s)', async (isSilent) => {
  const stop = new AbortController();
  const reason = new Error('stopped');
  const script = new Script()
    .at(1_000, () => script.counts('api', NEW))
    .at(7_500, () => stop.abort(reason));
  script.isSilent = isSilent;
  await expect(script.wait({ signal: stop.signal, soak: 60_000 })).rejects.toBe(reason);
  expect([script.time.now, script.followers]).toEqual([7_500, 0]);
});

test('a signal that has come already begins nothing', async () => {
  const script = new Script();
  await expect(script.wait({ signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow(
    'before',
  );
  expect(script.followers).toBe(0);
});

test('to wait for none is done at once', async () => {
  const script = new Script();
  expect(await script.wait({ targets: [], soak: 10_000 })).toMatchObject({ failures: [] });
  expect(script.lines).toEqual([]);
});
