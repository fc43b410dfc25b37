import type { InputsOf, Surroundings } from '@passmuster/action-kit/spec/verb.ts';
import type { Files } from '@passmuster/core/files.ts';
import type { OpenRegistry } from '@passmuster/core/registry/open.ts';
import type { spec } from './spec.ts';

export interface VerifyPorts {
  readonly files: Files;
  readonly openRegistry: OpenRegistry;
}

export type Inputs = InputsOf<typeof spec>;
export type Ports = VerifyPorts & Surroundings;
