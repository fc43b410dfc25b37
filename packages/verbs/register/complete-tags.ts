import { PassmusterError } from '@passmuster/core/errors.ts';
import type { ModelVersion, Tags } from '@passmuster/core/registry/entities.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import type { Voice } from '@passmuster/core/voice.ts';

/** Adds what is missing, for people to read; the seal counts also without it, and nothing is replaced. */
export async function completeTags(
  registry: Registry,
  { model, number, tags: has }: ModelVersion,
  tags: Tags,
  voice: Voice,
): Promise<void> {
  const failures: string[] = [];
  for (const [key, value] of tags) {
    if (has.has(key)) continue;
    try {
      await registry.tagVersion(model, number, key, value);
    } catch (error) {
      if (!(error instanceof PassmusterError)) throw error;
      failures.push(error.message);
    }
  }
  if (failures.length === 0) return;
  voice.warn(
    `The version is sealed, but ${failures.length} of its tags could not be written; running this again does. ${failures[0]}`,
  );
}
