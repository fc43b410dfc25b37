import { InputError } from '../errors.ts';
import { check } from '../shape/shape.ts';
import { Source } from '../shape/source.ts';
import { policyOf } from './build.ts';
import { refuseDisagreements } from './environments.ts';
import type { Policy } from './policy.ts';
import { Problems } from './problems.ts';
import { policyShape } from './schema.ts';
import { readYaml } from './yaml/read.ts';
import { offsetOf } from './yaml/tree.ts';

export const MOST_POLICY_BYTES = 1024 * 1024;

function refuseTooLarge(text: string, file: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= MOST_POLICY_BYTES) return;
  const message = `The policy has ${bytes} bytes; expected at most ${MOST_POLICY_BYTES} (1 MiB).`;
  throw new InputError([{ message, place: { file } }]);
}

/** The policy in the text, or one error with all that is wrong with it. */
export function loadPolicy(text: string, file: string): Policy {
  refuseTooLarge(text, file);
  const source = new Source(text, file);
  const problems = new Problems(source);
  const tree = readYaml(problems);
  const checked = check(policyShape, tree.value);
  if (!checked.ok) {
    for (const mismatch of checked.mismatches) {
      problems.add(offsetOf(tree, mismatch.path, mismatch.about), () => mismatch);
    }
    problems.omit(checked.omitted);
  }
  refuseDisagreements(tree, problems);
  problems.throwAny();
  if (!checked.ok) throw new Error('The policy was refused, but nothing says why.');
  return policyOf(checked.value, file, (path) => source.place(offsetOf(tree, path, 'value')));
}
