import { PassmusterError } from '@passmuster/core/errors.ts';

/** What can be read; the fallback where it cannot, which is told elsewhere. */
export function orElse<Value>(fallback: Value, attempt: () => Value): Value {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof PassmusterError) return fallback;
    throw error;
  }
}
