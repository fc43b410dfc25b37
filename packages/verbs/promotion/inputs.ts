import type { InputsOf } from '@passmuster/action-kit/spec/verb.ts';
import type { PromotePorts } from '../promote/ports.ts';
import type { spec } from './spec.ts';

export type Inputs = InputsOf<typeof spec>;
export type RunPorts = PromotePorts;
