import { COMMON_FLAGS } from './flags.ts';
import { readInputs } from './read.ts';
import type { VerbSpec } from './verb.ts';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const told = (reading: ReturnType<typeof readInputs>): string[] =>
  'problems' in reading ? reading.problems.map(({ message }) => message) : [];

/** What a spec says of itself that is not so: a wrong default would blame the user at run time. */
export function unsound(spec: VerbSpec): string[] {
  const problems: string[] = [];
  for (const name of [...Object.keys(spec.inputs), ...Object.keys(spec.outputs)]) {
    if (!NAME.test(name)) problems.push(`${name} is no name`);
  }
  for (const [name, input] of Object.entries(spec.inputs)) {
    if (Object.hasOwn(COMMON_FLAGS, name)) problems.push(`--${name} is a flag of every command`);
    if (input.required && input.default !== undefined) {
      problems.push(`${name} is required and has a default`);
    }
    for (const raw of [input.default, input.example]) {
      const parsed = raw === undefined ? undefined : input.parse(raw);
      if (parsed && 'problem' in parsed) problems.push(`${name}: ${raw} ${parsed.problem}`);
    }
  }
  for (const { title, inputs } of spec.examples) {
    const unknown = Object.keys(inputs).filter((name) => !Object.hasOwn(spec.inputs, name));
    const reading = readInputs(spec, new Map(Object.entries(inputs)), (name) => name);
    for (const problem of [...unknown.map((name) => `${name} is no input`), ...told(reading)]) {
      problems.push(`${title}: ${problem}`);
    }
  }
  return problems;
}
