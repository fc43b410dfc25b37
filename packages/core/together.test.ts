import { expect, test } from 'vitest';
import { together } from './together.ts';

const { signal: never } = new AbortController();

/** Ends when it is told to, and not before. */
const untilStopped = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

const failing = (error: unknown) => async (): Promise<never> => {
  throw error;
};

test('what all say comes in the order of the tasks, and all begin at once', async () => {
  const began: string[] = [];
  const { promise, resolve } = Promise.withResolvers<number>();
  const both = together(never, [
    (): Promise<number> => {
      began.push('first');
      return promise;
    },
    async (): Promise<string> => {
      began.push('second');
      resolve(1);
      return 'two';
    },
  ]);
  expect(began).toEqual(['first', 'second']);
  const [one, two] = await both;
  expect([one, two]).toEqual([1, 'two']);
});

test('no task is none to wait for', async () => {
  expect(await together(never, [])).toEqual([]);
});

test.each([
  ['a task that fails', failing('first')],
  [
    'a task that fails as it is begun',
    () => {
      throw 'first';
    },
  ],
  ['one that fails last in the list', failing('first')],
])('%s stops the others, and is what is told', async (what, first) => {
  const tasks = [first, untilStopped, untilStopped];
  if (what.includes('last')) tasks.reverse();
  await expect(together(never, tasks)).rejects.toBe('first');
});

test('nothing goes on after it', async () => {
  let ended = false;
  const lingering = async (signal: AbortSignal): Promise<void> => {
    await untilStopped(signal).catch(() => undefined);
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    ended = true;
  };
  await expect(together(never, [lingering, failing('first')])).rejects.toBe('first');
  expect(ended).toBe(true);
});

test('whatever the others make of being stopped, what failed first is told', async () => {
  const succeeding = (signal: AbortSignal) => untilStopped(signal).catch(() => 'fine');
  const mending = (signal: AbortSignal) => untilStopped(signal).catch(failing('second'));
  const tasks = [succeeding, mending, failing('first')];
  await expect(together(never, tasks)).rejects.toBe('first');
});

test('the others are not told why, and so cannot take it for an answer of their own', async () => {
  const reasons: unknown[] = [];
  const noting = (signal: AbortSignal) =>
    untilStopped(signal).catch((reason: unknown) => reasons.push(reason));
  await expect(together(never, [noting, failing('first')])).rejects.toBe('first');
  expect(reasons).toEqual([expect.objectContaining({ name: 'AbortError' })]);
});

test.each([
  ['before', true],
  ['while they run', false],
])('a signal that comes %s stops all, with its reason', async (_, early) => {
  const controller = new AbortController();
  if (early) controller.abort('stop');
  const task = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    await untilStopped(signal);
  };
  const running = together(controller.signal, [task, task]);
  controller.abort('stop');
  await expect(running).rejects.toBe('stop');
});

test('one inside another is stopped with it', async () => {
  const inner = (signal: AbortSignal) => together(signal, [untilStopped, untilStopped]);
  await expect(together(undefined, [inner, failing('first')])).rejects.toBe('first');
});
