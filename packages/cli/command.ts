import type {
  InputsOf,
  Open,
  Surroundings,
  Verb,
  VerbSpec,
} from '@passmuster/action-kit/spec/verb.ts';
import type { Outcome } from '@passmuster/core/outcome.ts';

/** A verb, or a command that is none, with its ports: what is left is to give it its inputs. */
export interface Command {
  readonly spec: VerbSpec;
  run(inputs: InputsOf<VerbSpec>, around: Surroundings): Promise<Outcome<object>>;
}

export const commandOf = <S extends VerbSpec, Ports>(
  spec: S,
  verb: Verb<S, Ports>,
  open: Open<S, Ports>,
): Command => ({
  spec,
  // The inputs were read with this very spec.
  run: (inputs: InputsOf<S>, around) => verb(inputs, { ...open(inputs, around), ...around }),
});
