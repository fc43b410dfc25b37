import type { Ticket } from '@passmuster/core/ledger/ledger.ts';
import type { Dataset, Facts } from '@passmuster/core/versions/facts.ts';
import { type RequiredBump, requiredBump } from '@passmuster/core/versions/required-bump.ts';
import type { SealedName } from '@passmuster/core/versions/sealed.ts';
import { formatSemantic, type SemanticVersion } from '@passmuster/core/versions/semantic.ts';
import type { Wish } from './wish.ts';

/** What a version needs as a step from the release before it. */
export interface Step extends RequiredBump {
  readonly before: string;
  /** Whether a record says what that release was made of; without one, no change can be told. */
  readonly known: boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isDataset = (value: unknown): value is Dataset =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'version', 'digest'].every((key) => isText((value as Record<string, unknown>)[key]));

/** The facts in a record of ours; nothing when there are none in it. */
export function factsIn(ticket: Ticket): Facts | undefined {
  const facts = ticket.record?.['facts'];
  if (typeof facts !== 'object' || facts === null) return undefined;
  const { datasets } = facts as Partial<Facts>;
  return Array.isArray(datasets) && datasets.every(isDataset) ? (facts as Facts) : undefined;
}

/** How far the wish is from the release that it follows. */
export function stepFrom(
  names: ReadonlyMap<string, SealedName>,
  before: SemanticVersion,
  wish: Wish,
): Step {
  const name = formatSemantic(before);
  const sealed = names.get(name);
  const facts = sealed && factsIn(sealed.ticket);
  if (facts === undefined) return { before: name, known: false, level: 'none', reasons: [] };
  return { before: name, known: true, ...requiredBump(facts, wish.facts) };
}
