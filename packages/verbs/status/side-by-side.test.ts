import { expect, test } from 'vitest';
import { sideBySide } from './side-by-side.ts';

const { signal } = new AbortController();
const ITEMS = Array.from({ length: 20 }, (_, at) => at);

test('never more than so many at a time, and what came of them in their order', async () => {
  let now = 0;
  let most = 0;
  const ends: (() => void)[] = [];
  const running = sideBySide(ITEMS, 3, signal, async (item) => {
    most = Math.max(most, ++now);
    await new Promise<void>((resolve) => ends.push(resolve));
    now--;
    return item * 2;
  });
  // The newest first, so that they end in another order than they began.
  while (ends.length > 0) {
    ends.pop()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await running).toEqual(ITEMS.map((item) => item * 2));
  expect(most).toBe(3);
});

test('nothing more is begun once one has failed', async () => {
  let begun = 0;
  const failing = sideBySide(ITEMS, 2, signal, async (item) => {
    begun++;
    if (item === 1) throw new Error('no');
    await new Promise((resolve) => setImmediate(resolve));
  });
  await expect(failing).rejects.toThrow('no');
  expect(begun).toBeLessThan(5);
});

test('nothing at all is done with nothing', async () => {
  expect(await sideBySide([], 8, signal, async () => 1)).toEqual([]);
});
