import type { Clock } from '@passmuster/core/clock.ts';
import type { Host } from '@passmuster/core/host.ts';
import type { Outcome } from '@passmuster/core/outcome.ts';
import type { Progress } from '@passmuster/core/progress.ts';
import type { Voice } from '@passmuster/core/voice.ts';
import type { Input } from './input.ts';

/** One permission of the job's token, and why the verb asks for it. */
export interface Permission {
  readonly scope: string;
  readonly access: 'read' | 'write';
  readonly reason: string;
}

export interface Example {
  readonly title: string;
  /** Inputs as they stand under `with:`; several lines where an input takes lines. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** Nothing else says what a verb takes and gives; see the generated files for what comes from it. */
export interface VerbSpec {
  readonly name: string;
  /** One sentence. */
  readonly about: string;
  readonly permissions: readonly Permission[];
  // biome-ignore lint/suspicious/noExplicitAny: an input of whatever value; InputsOf gives the types back
  readonly inputs: Readonly<Record<string, Input<any>>>;
  /** A sentence each. `report` is the file that holds the report; the runner fills it in. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly examples: readonly Example[];
}

export const defineVerb = <const S extends VerbSpec>(spec: S): S => spec;

export type InputsOf<S extends VerbSpec> = {
  readonly [Name in keyof S['inputs']]: S['inputs'][Name] extends Input<infer Value>
    ? Value
    : never;
};

export type OutputsOf<S extends VerbSpec> = {
  readonly [Name in Exclude<keyof S['outputs'], 'report'>]: string | number;
};

/** What every verb is handed beside its own ports. */
export interface Surroundings {
  readonly progress: Progress;
  readonly voice: Voice;
  readonly clock: Clock;
  readonly host: Host;
  /** Aborted when a signal arrives: no new step is started then. */
  readonly signal: AbortSignal;
}

/** The ports of one run: what it may need of the world, opened when it is first used. */
export type Open<S extends VerbSpec, Ports> = (inputs: InputsOf<S>, around: Surroundings) => Ports;

export type Verb<S extends VerbSpec, Ports> = (
  inputs: InputsOf<S>,
  ports: Ports & Surroundings,
) => Promise<Outcome<OutputsOf<S>>>;
