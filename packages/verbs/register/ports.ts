import type { InputsOf, Surroundings } from '@passmuster/action-kit/spec/verb.ts';
import type { Files } from '@passmuster/core/files.ts';
import type { Forge } from '@passmuster/core/forge.ts';
import type { Git } from '@passmuster/core/git.ts';
import type { OpenRegistry } from '@passmuster/core/registry/open.ts';
import type { spec } from './spec.ts';

export interface RegisterPorts {
  readonly files: Files;
  readonly git: Git;
  readonly forge: Forge | undefined;
  readonly openRegistry: OpenRegistry;
  /** Milliseconds after which a ticket whose holder is silent may be claimed. */
  readonly lease: number;
}

export type Inputs = InputsOf<typeof spec>;
export type Ports = RegisterPorts & Surroundings;
