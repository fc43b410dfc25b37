import type { Call } from '@passmuster/core/registry/registry.ts';

/** What is left of the bounds of a call that takes several requests. */
export function boundsOf(call: Call | undefined): () => Call | undefined {
  const within = call?.within;
  if (within === undefined) return () => call;
  const start = performance.now();
  return () => ({ ...call, within: Math.max(1, within - (performance.now() - start)) });
}
