import { together } from '@passmuster/core/together.ts';

/** Does the same with each, so many at a time; what came of them, in their order. */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  most: number,
  signal: AbortSignal,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  const worker = async (either: AbortSignal): Promise<void> => {
    for (const [at, item] of left) {
      either.throwIfAborted();
      results[at] = await work(item, either);
    }
  };
  await together(
    signal,
    Array.from({ length: Math.min(most, items.length) }, () => worker),
  );
  return results;
}
