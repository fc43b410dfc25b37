import type { Problem } from '@passmuster/core/errors.ts';
import { visible } from '@passmuster/core/visible.ts';
import { meantInput } from '../spec/read.ts';
import { withVariables } from '../spec/variables.ts';
import type { VerbSpec } from '../spec/verb.ts';

export interface Given {
  /** By the name of the input. */
  readonly raw: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
  /** What is to be warned of at the end; more may come while the verb runs. */
  readonly warnings: string[];
}

const PREFIX = 'INPUT_';

/** The runner's name for an input: hyphens stay as they are. */
const variableOf = (name: string): string => PREFIX + name.toUpperCase();

/**
 * The inputs as the runner hands them over. It passes on whatever stands under `with:`, also a misspelt
 * name, and a variable of the whole job may be called `INPUT_…` too: so a near miss is an error, and any
 * other unknown name a warning.
 */
export function givenInputs(spec: VerbSpec, variables: NodeJS.ProcessEnv): Given {
  const raw = new Map<string, string>();
  const known = new Set<string>();
  for (const name of Object.keys(spec.inputs)) {
    known.add(variableOf(name));
    raw.set(name, variables[variableOf(name)] ?? '');
  }
  const problems: Problem[] = [];
  const warnings: string[] = [];
  for (const variable of Object.keys(variables)) {
    if (!variable.startsWith(PREFIX) || known.has(variable)) continue;
    const name = visible(variable.slice(PREFIX.length).toLowerCase());
    const meant = meantInput(spec, name);
    if (meant) {
      problems.push({
        message: `\`${name}\` is no input of ${spec.name}.`,
        hint: `Did you mean \`${meant}\`?`,
      });
    } else warnings.push(`\`${name}\` is no input of ${spec.name}, and is not read.`);
  }
  return { raw: withVariables(spec, raw, variables), problems, warnings };
}
