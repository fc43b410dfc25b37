import { InputError, type Problem } from '@passmuster/core/errors.ts';
import { environmentDefaults } from '@passmuster/core/policy/defaults.ts';
import type { Policy } from '@passmuster/core/policy/policy.ts';
import { disguise } from '@passmuster/core/policy/shapes/names.ts';
import type { TrustedPolicy } from '@passmuster/core/policy/trusted-policy.ts';
import { unknownEnvironment } from '@passmuster/core/policy/unknown-environment.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Environment } from '../moving/place.ts';
import type { Inputs } from './ports.ts';

const named = ({ environments }: Policy): string =>
  [...environments.keys()].map((name) => `\`${quotable(name)}\``).join(', ');

/** What only the policy says, once it says something. */
function decidedElsewhere(inputs: Inputs, policy: Policy): Problem[] {
  return (['stage', 'alias'] as const).flatMap((name) => {
    if (inputs[name] === undefined) return [];
    const message = `\`${name}\` is given, but ${quotable(policy.file)} says which stage and alias an environment has.`;
    return [{ message, hint: `Leave it out, and give \`environment\`: ${named(policy)}.` }];
  });
}

function byPolicy(inputs: Inputs, policy: Policy, trusted: TrustedPolicy): Environment {
  const name = inputs.environment;
  const problems = [...decidedElsewhere(inputs, policy), ...unknownEnvironment(trusted, inputs)];
  if (name === undefined) {
    const message = 'Nothing says where the version is to go: `environment` is missing.';
    problems.push({ message, hint: `Give one of ${named(policy)}.` });
  }
  const known = policy.environments.get(name ?? '');
  if (problems.length > 0 || name === undefined || known === undefined) {
    throw new InputError(problems);
  }
  return { name, policy: known };
}

function aliasProblem(alias: string): string | undefined {
  if (!/^[\p{L}\p{N}_-]{1,255}$/u.test(alias)) return 'must be letters, digits, `-` and `_`';
  if (/^(?:latest|v\p{Nd}+)$/iu.test(alias)) return 'is read as a version by the registry';
  return disguise(alias);
}

/** Where no policy names environments, the caller says which alias and stage it has. */
function byInputs({ environment, stage, alias }: Inputs): Environment {
  const name = environment ?? alias ?? stage?.toLowerCase();
  if (name === undefined) {
    throw new InputError([
      {
        message: 'Nothing says where the version is to go, and no policy names environments.',
        hint: 'Give `stage`, `alias` or `environment`; or name environments in `passmuster.yaml`.',
      },
    ]);
  }
  const problems = [name, ...(alias === undefined ? [] : [alias])].flatMap((text): Problem[] => {
    const problem = aliasProblem(text);
    return problem === undefined ? [] : [{ message: `"${quotable(text)}" ${problem}.` }];
  });
  if (problems.length > 0) throw new InputError(problems.slice(0, 1));
  const policy = { ...environmentDefaults(name), ...(alias && { alias }), ...(stage && { stage }) };
  const isSaid = stage !== undefined || alias !== undefined;
  return { name, policy, isAssumed: !isSaid, hasAlias: alias !== undefined || stage === undefined };
}

/** The environment of a run: the policy's, once that names any. */
export function whereTo(inputs: Inputs, trusted: TrustedPolicy): Environment {
  const { policy } = trusted;
  return policy && policy.environments.size > 0
    ? byPolicy(inputs, policy, trusted)
    : byInputs(inputs);
}
