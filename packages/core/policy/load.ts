import { check } from '../shape/shape.ts';
import { Source } from '../shape/source.ts';
import { Problems } from '../yaml/problems.ts';
import { readYaml } from '../yaml/read.ts';
import { offsetOf } from '../yaml/tree.ts';
import { refuseTooFewApprovers } from './approvers.ts';
import { policyOf } from './build.ts';
import { refuseDisagreements } from './environments.ts';
import type { Policy } from './policy.ts';
import { policyShape } from './schema.ts';
import { refuseIdleWaivers } from './waived-gates.ts';

const EMPTY = {
  message: 'The policy is empty.',
  hint: 'The smallest one that says something is `environments: { production: {} }`.',
};

/** The policy in the text, or one error with all that is wrong with it. */
export function loadPolicy(text: string, file: string): Policy {
  const source = new Source(text, file);
  const problems = new Problems(source);
  const tree = readYaml(problems, EMPTY);
  const checked = check(policyShape, tree.value);
  if (!checked.ok) {
    for (const mismatch of checked.mismatches) {
      problems.add(offsetOf(tree, mismatch.path, mismatch.about), () => mismatch);
    }
    problems.omit(checked.omitted);
  }
  refuseDisagreements(tree, problems);
  refuseTooFewApprovers(tree, problems);
  refuseIdleWaivers(tree, problems);
  problems.throwAny();
  if (!checked.ok) throw new Error('The policy was refused, but nothing says why.');
  return policyOf(checked.value, file, (path) => source.place(offsetOf(tree, path, 'value')));
}
