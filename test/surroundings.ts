import type { Surroundings } from '@passmuster/action-kit/spec/verb.ts';
import type { OpenRegistry } from '@passmuster/core/registry/open.ts';

/** What a verb is handed in a test: nothing is shown, nothing takes time, and chance repeats itself. */
export function surroundings(differing: Partial<Surroundings> = {}): Surroundings {
  let drawn = 0;
  return {
    progress: { begin: () => ({ advance: () => {}, end: () => {} }) },
    voice: { note: () => {}, warn: () => {}, hide: () => {} },
    clock: { now: () => 0, elapsed: () => 0, sleep: async () => {} },
    host: {
      actor: 'tester',
      isJob: false,
      attended: false,
      pullRequest: async () => undefined,
      hasEnded: async () => false,
      random: (bytes) => (drawn++).toString(16).padStart(bytes * 2, '0'),
    },
    signal: new AbortController().signal,
    ...differing,
  };
}

/** For runs that have nothing to do with a registry. */
export const noRegistry: OpenRegistry = async () => {
  throw new Error('the registry was opened');
};
