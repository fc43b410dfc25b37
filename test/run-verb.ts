import { readInputs } from '@passmuster/action-kit/spec/read.ts';
import type { Surroundings, Verb, VerbSpec } from '@passmuster/action-kit/spec/verb.ts';
import { Ajv } from 'ajv';
import { expect } from 'vitest';

/** Runs a verb as a step or a terminal would: what is given is read by its spec, and its report fits its schema. */
export function runnerOf<Spec extends VerbSpec, Ports>(
  spec: Spec,
  verb: Verb<Spec, Ports>,
  reportSchema: object,
) {
  const isValid = new Ajv().compile(reportSchema);
  return async (given: Readonly<Record<string, string>>, ports: Ports & Surroundings) => {
    const reading = readInputs(spec, new Map(Object.entries(given)), (name) => name);
    if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
    const outcome = await verb(reading.inputs, ports);
    expect(isValid(outcome.report), JSON.stringify(isValid.errors)).toBe(true);
    return outcome;
  };
}
