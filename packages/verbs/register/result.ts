import type { TrustedPolicy } from '@passmuster/core/policy/trusted-policy.ts';
import type { ModelVersion } from '@passmuster/core/registry/entities.ts';
import type { Registry } from '@passmuster/core/registry/registry.ts';
import type { Decision } from './decide.ts';
import type { Keeping } from './keep-manifest.ts';
import type { Name } from './name.ts';
import type { Wish } from './wish.ts';

/** How it ended. */
export interface Result {
  readonly name: Name;
  readonly decision: Decision;
  /** Present when it was made or adopted by this run. */
  readonly version?: ModelVersion;
  readonly ticket?: string;
  readonly keeping?: Keeping;
}

/** What was asked for, and where. */
export interface Told {
  readonly wish: Wish;
  readonly policy: TrustedPolicy;
  readonly registry: Pick<Registry, 'address'>;
}

export type Ended = 'registered' | 'unchanged' | 'adopted' | 'planned' | 'refused';

export function endedAs({ decision, version }: Result): Ended {
  if (decision.do === 'refuse') return 'refused';
  if (decision.do === 'nothing') return 'unchanged';
  if (version === undefined) return 'planned';
  return decision.do === 'adopt' ? 'adopted' : 'registered';
}

/** The root digest that stands for the version: what was sealed, where something was. */
export const digestOf = ({ wish }: Told, { decision }: Result): string =>
  (decision.do === 'nothing' ? decision.sealed.digest : wish.hashed?.digest) ?? '';

/** The registry's number of the version; empty when there is none. */
export const numberOf = ({ decision, version }: Result): string =>
  version?.number ?? (decision.do === 'nothing' ? decision.version.number : '');

/** What seals it; empty when nothing does. */
export const ticketOf = ({ decision, ticket }: Result): string =>
  ticket ?? (decision.do === 'nothing' ? decision.sealed.ticket.number : '');
