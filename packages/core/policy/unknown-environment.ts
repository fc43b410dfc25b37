import type { Problem } from '../errors.ts';
import { quotable } from '../quote.ts';
import { nearest } from '../suggest.ts';
import type { Policy } from './policy.ts';

/** Where the environment is one that the policy does not know. */
export function unknownEnvironment(
  { policy }: { readonly policy?: Policy },
  { environment: name }: { readonly environment?: string | undefined },
): Problem[] {
  if (policy === undefined || name === undefined || policy.environments.has(name)) return [];
  const known = [...policy.environments.keys()];
  const meant = nearest(name, known);
  const there = known.map((one) => `\`${quotable(one)}\``).join(', ');
  const message = `\`environment\` is \`${quotable(name)}\`, which is no environment in ${quotable(policy.file)}.`;
  const hint = meant
    ? `Did you mean \`${quotable(meant)}\`?`
    : known.length > 0
      ? `There ${known.length === 1 ? 'is' : 'are'} ${there}.`
      : 'It names none; add it under `environments`.';
  return [{ message, hint }];
}
