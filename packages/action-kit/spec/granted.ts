import type { Permission } from './verb.ts';

/** What several verbs ask GitHub for, to the same end. */
export const granted = {
  policy: {
    scope: 'contents',
    access: 'read',
    reason: 'to read the policy as it stands on the default branch',
  },
  runs: {
    scope: 'actions',
    access: 'read',
    reason: 'to see that a run which held things up has ended; without it the wait is longer',
  },
} satisfies Record<string, Permission>;
