import { quotable } from '@passmuster/core/quote.ts';
import { listIn, mapIn, numberIn } from './fields.ts';

/** Which groups each task is in. */
function groupsOf(document: unknown): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const group of Object.keys(mapIn(document, 'group_subtasks'))) {
    for (const task of listIn(document, 'group_subtasks', group)) {
      if (typeof task !== 'string') continue;
      const known = groups.get(task);
      if (known) known.push(group);
      else groups.set(task, [group]);
    }
  }
  return groups;
}

/** Of which tasks only some samples were run, and how many; the mean of a group is no better than its parts. */
export function partialTasks(document: unknown): ReadonlyMap<string, string> {
  const partial = new Map<string, string>();
  for (const task of Object.keys(mapIn(document, 'n-samples'))) {
    const all = numberIn(document, 'n-samples', task, 'original');
    const run = numberIn(document, 'n-samples', task, 'effective');
    if (all !== undefined && run !== undefined && run < all) {
      partial.set(task, `${run} of ${all} samples`);
    }
  }
  if (partial.size === 0) return partial;
  const groups = groupsOf(document);
  const parts = Array.from(partial, ([name, samples]) => {
    return { name, says: `${samples} of \`${quotable(name)}\`` };
  });
  // What is added on the way is visited, too: groups lie in groups.
  for (const { name, says } of parts) {
    for (const group of groups.get(name) ?? []) {
      if (partial.has(group)) continue;
      partial.set(group, says);
      parts.push({ name: group, says });
    }
  }
  return partial;
}
