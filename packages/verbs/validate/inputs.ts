import { kindWith } from '@passmuster/action-kit/spec/input.ts';
import { globProblem } from '@passmuster/core/globs.ts';

/** As it was written: the line on which a gate stands is told with it. */
export const gates = kindWith<string>(
  { kind: 'gates', repeats: true, parse: (raw) => ({ value: raw }) },
  '',
);

const ORIGINS = new Set(['run', 'logged-model', 'files']);

export const preferenceProblem = (preferences: readonly string[]): string | undefined => {
  for (const preferred of preferences) {
    const problem = ORIGINS.has(preferred) ? undefined : globProblem(preferred);
    if (problem) return `holds ${JSON.stringify(preferred)}, which is no pattern: it ${problem}`;
  }
  return undefined;
};
