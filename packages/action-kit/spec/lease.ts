import { InputError } from '@passmuster/core/errors.ts';
import { DEFAULT_LEASE, LONGEST_LEASE } from '@passmuster/core/ledger/open.ts';
import { duration, shown } from './kinds.ts';

const VARIABLE = 'PASSMUSTER_LEASE';
/** Below this a busy machine looks like a dead one. */
const SHORTEST_MS = 1_000;

/** How long a ticket counts without a sign of life: milliseconds, from the environment of the run. */
export function leaseFrom(variables: Readonly<Record<string, string | undefined>>): number {
  const raw = variables[VARIABLE];
  if (!raw) return DEFAULT_LEASE;
  const parsed = duration({ about: '' }).parse(raw);
  const problem = 'problem' in parsed ? parsed.problem : undefined;
  if (problem !== undefined) throw new InputError(`${VARIABLE} ${problem}.`);
  const lease = 'value' in parsed ? parsed.value : undefined;
  if (lease !== undefined && lease >= SHORTEST_MS && lease <= LONGEST_LEASE) return lease;
  throw new InputError(`${VARIABLE} is ${shown(raw)}; expected 1s to 24h.`);
}
