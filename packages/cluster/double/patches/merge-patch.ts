import { type Fields, isFields } from '../objects.ts';

/** RFC 7386: objects are merged, null removes, all else replaces. */
export function mergePatched(target: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch;
  const merged: Record<string, unknown> = { ...(isFields(target) && target) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatched(merged[key], value);
  }
  return merged satisfies Fields;
}
