import { pathText } from '../quote.ts';
import { isMap } from '../shape/map.ts';
import type { Problems } from '../yaml/problems.ts';
import type { Tree } from '../yaml/tree.ts';

/** The distinct names in a list, as far as it can be read; GitHub does not tell case apart. */
function namesIn(tree: Tree | undefined): ReadonlySet<string> | undefined {
  const value = tree === undefined ? [] : tree.value;
  if (!Array.isArray(value)) return undefined;
  return new Set(value.map((name) => String(name).toLowerCase()));
}

function refuseIn(name: string, approvals: Tree, problems: Problems): void {
  const from = approvals.children.get('from')?.tree;
  // Of what is no map, or misspelt, something was said already.
  if (from === undefined || !isMap(from.value)) return;
  if (Object.keys(from.value).some((key) => key !== 'users' && key !== 'teams')) return;
  const of = (key: string) => namesIn(from.children.get(key)?.tree);
  const [users, teams] = [of('users'), of('teams')];
  if (users === undefined || teams === undefined || teams.size > 0) return;
  const path = pathText(['environments', name, 'approvals']);
  const count = approvals.children.get('count')?.tree;
  if (users.size === 0) {
    problems.add(from.at, () => ({
      message: `\`${path}.from\` names nobody, so that nobody could approve.`,
      hint: 'Name `users` or `teams`, or leave out `from` where everybody who may write may approve.',
    }));
  } else if (typeof count?.value === 'number' && count.value > users.size) {
    const { value, at } = count;
    problems.add(at, () => ({
      message: `\`${path}.count\` is ${value}, but \`from\` names only ${users.size} who may approve.`,
      hint: 'Name more people, or a team, or ask for fewer approvals.',
    }));
  }
}

/** Refuses approvals that could never come together. */
export function refuseTooFewApprovers(document: Tree, problems: Problems): void {
  for (const [name, { tree }] of document.children.get('environments')?.tree.children ?? []) {
    const approvals = tree.children.get('approvals')?.tree;
    if (approvals !== undefined) refuseIn(String(name), approvals, problems);
  }
}
