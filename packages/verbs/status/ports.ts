import type { InputsOf } from '@passmuster/action-kit/spec/verb.ts';
import type { spec } from './spec.ts';

export type Inputs = InputsOf<typeof spec>;
