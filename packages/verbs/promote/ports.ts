import type { InputsOf, Surroundings } from '@passmuster/action-kit/spec/verb.ts';
import type { MovingPorts } from '../moving/ports.ts';
import type { ValidatePorts } from '../validate/ports.ts';
import type { spec } from './spec.ts';

/** To judge takes what `validate` takes; to move, what every verb takes that moves something. */
export type PromotePorts = MovingPorts & ValidatePorts;

export type Inputs = InputsOf<typeof spec>;
export type Ports = PromotePorts & Surroundings;
