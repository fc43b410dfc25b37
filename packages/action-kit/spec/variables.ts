import type { VerbSpec } from './verb.ts';

/** What was given, and where nothing was, the variable that stands in for it. */
export function withVariables(
  { inputs }: VerbSpec,
  given: ReadonlyMap<string, string>,
  variables: Readonly<Record<string, string | undefined>>,
): Map<string, string> {
  const raw = new Map(given);
  for (const [name, { variable }] of Object.entries(inputs)) {
    const value = variable === undefined || raw.get(name) ? undefined : variables[variable];
    if (value) raw.set(name, value);
  }
  return raw;
}
