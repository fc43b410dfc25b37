import type { Policy } from './policy.ts';

/** The reader of YAML is slow to start, and many runs have no policy. */
export async function parsePolicy(text: string, file: string): Promise<Policy> {
  const { loadPolicy } = await import('./load.ts');
  return loadPolicy(text, file);
}
