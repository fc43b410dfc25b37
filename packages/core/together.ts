type Task<Value> = (signal: AbortSignal) => Promise<Value>;

/**
 * Runs tasks side by side, and ends when all of them have ended. Once one fails the others are told to stop:
 * nobody hears their answers any more. What is thrown is what failed first, not that the others were stopped.
 */
export async function together<Values extends readonly unknown[]>(
  signal: AbortSignal | undefined,
  tasks: { readonly [Index in keyof Values]: Task<Values[Index]> },
): Promise<Values> {
  const failed = new AbortController();
  const either = AbortSignal.any(signal ? [signal, failed.signal] : [failed.signal]);
  const running = tasks.map(async (task) => task(either));
  try {
    return (await Promise.all(running)) as unknown as Values;
  } catch (error) {
    // Not with the error as its reason: one that may pass would be taken for an answer, and asked for again.
    failed.abort();
    await Promise.allSettled(running);
    throw error;
  }
}
