import type { Verb } from '@passmuster/action-kit/spec/verb.ts';
import type { RunPorts } from './inputs.ts';
import type { spec } from './spec.ts';

/** Loaded once it is known that the inputs are sound. */
export const run: Verb<typeof spec, RunPorts> = async (inputs, ports) =>
  (await import('./promotion.ts')).promotion(inputs, ports);
