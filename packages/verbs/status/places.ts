import { InputError } from '@passmuster/core/errors.ts';
import type { Whole } from '@passmuster/core/ledger/ledger.ts';
import type { EnvironmentPolicy, Policy } from '@passmuster/core/policy/policy.ts';
import type { Entry } from '@passmuster/core/promotions/summary.ts';
import { quotable } from '@passmuster/core/quote.ts';
import { nearest } from '@passmuster/core/suggest.ts';

/** An environment, and where in the registry it is looked for. */
export interface Environment extends Pick<EnvironmentPolicy, 'alias' | 'stage'> {
  readonly name: string;
  /** Whether the policy says so; else its moves do, or its name alone. */
  readonly isDecided: boolean;
  /** Without a policy it may be a stage alone. */
  readonly hasAlias: boolean;
}

/** Those of the policy first, in its order, then those that only the ledger knows. */
export function namesOf(policy: Policy | undefined, whole: Whole | undefined): string[] {
  return [...new Set([...(policy?.environments.keys() ?? []), ...(whole?.environments ?? [])])];
}

/** Where the policy does not know it, its last move that says so tells what it has; else its alias is called like it. */
export function environmentOf(
  name: string,
  policy: Policy | undefined,
  entries: readonly Entry[],
): Environment {
  const decided = policy?.environments.get(name);
  const has = entries.findLast(({ move }) => move.has)?.move.has;
  const { alias = name, stage } = decided ?? has ?? {};
  return {
    name,
    isDecided: decided !== undefined,
    hasAlias: decided !== undefined || has === undefined || has.alias !== undefined,
    alias,
    ...(stage !== undefined && { stage }),
  };
}

/** More names than this are not searched for one that was meant. */
const MOST_NAMES = 200;

/** An environment that neither the policy nor a ledger knows is a misspelt one. */
export function refuseUnknown(
  name: string,
  policy: Policy | undefined,
  moved: readonly string[],
): void {
  if (policy === undefined || policy.environments.has(name) || moved.includes(name)) return;
  const known = new Set([...policy.environments.keys(), ...moved]);
  const names = [...known].slice(0, MOST_NAMES);
  const meant = nearest(name, names);
  const there = names.slice(0, 10).map((one) => `\`${quotable(one)}\``);
  const message = `\`environment\` is \`${quotable(name)}\`, which is no environment in ${quotable(policy.file)}, and nothing was ever moved there.`;
  const hint = meant
    ? `Did you mean \`${quotable(meant)}\`?`
    : there.length > 0
      ? `There ${there.length === 1 ? 'is' : 'are'} ${there.join(', ')}.`
      : 'The policy names none; add it under `environments`.';
  throw new InputError([{ message, hint }]);
}
