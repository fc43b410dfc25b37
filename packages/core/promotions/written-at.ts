import type { Ticket } from '../ledger/ledger.ts';

/**
 * When a move began, in milliseconds: right before that its record was written, which is later than its ticket
 * was taken where that has waited. Words of a record that are no such moment count for nothing.
 */
export function writtenAt({ record, taken }: Pick<Ticket, 'record' | 'taken'>): number {
  const at = typeof record?.['at'] === 'string' ? Date.parse(record['at']) : Number.NaN;
  return at > taken ? at : taken;
}
