import type { Problem } from '@passmuster/core/errors.ts';
import { nearest } from '@passmuster/core/suggest.ts';
import type { InputsOf, VerbSpec } from './verb.ts';

/** The inputs, or all that is wrong with them. */
export type Reading<S extends VerbSpec> =
  | { readonly inputs: InputsOf<S> }
  | { readonly problems: readonly Problem[] };

/**
 * Raw texts to typed inputs. An empty text is an absent one: GitHub passes unset expressions as ''.
 * `written` gives a name as the caller wrote it, for messages.
 */
export function readInputs<S extends VerbSpec>(
  spec: S,
  raw: ReadonlyMap<string, string>,
  written: (name: string) => string,
): Reading<S> {
  const problems: Problem[] = [];
  const inputs: Record<string, unknown> = {};
  for (const [name, input] of Object.entries(spec.inputs)) {
    const given = raw.get(name)?.trim() || input.default || '';
    inputs[name] = input.absent;
    if (given === '') {
      if (input.required) {
        const example = input.example ? `, for example ${input.example}` : '';
        problems.push({
          message: `${written(name)} is required: ${input.about}`,
          hint: `Set it${example}.`,
        });
      }
      continue;
    }
    const parsed = input.parse(given);
    if ('value' in parsed) inputs[name] = parsed.value;
    else problems.push({ message: `${written(name)} ${parsed.problem}.` });
  }
  return problems.length > 0 ? { problems } : { inputs: inputs as InputsOf<S> };
}

/** The known name that an unknown one was probably meant to be. */
export const meantInput = (spec: VerbSpec, unknown: string): string | undefined =>
  nearest(unknown, Object.keys(spec.inputs));
