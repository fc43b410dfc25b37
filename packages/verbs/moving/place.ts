import type { Ledger } from '@passmuster/core/ledger/ledger.ts';
import type { EnvironmentPolicy } from '@passmuster/core/policy/policy.ts';
import type { TrustedPolicy } from '@passmuster/core/policy/trusted-policy.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import type { Target } from '../traffic/target.ts';
import type { Ports } from './ports.ts';

/** An environment as something moves to it. */
export interface Environment {
  readonly name: string;
  readonly policy: EnvironmentPolicy;
  /** Where no policy says what it has: then the last record does, or else whoever asks. */
  readonly isAssumed?: boolean;
  /** Without a policy it may be a stage alone. */
  readonly hasAlias?: boolean;
}

/** One model in one registry, and where in it something is to move. */
export interface Place {
  readonly model: string;
  readonly environment: Environment;
  readonly policy: TrustedPolicy;
  readonly registry: Registry;
  readonly ledger: Ledger;
  readonly ports: Ports;
  /** What serves, where that moves along. */
  readonly target?: Target | undefined;
  /** For whoever takes things as they stand: what cannot be reached is left as it is. */
  readonly leavesCluster?: true;
}
