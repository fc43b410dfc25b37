import type { Ticket, TicketOutcome } from '../ledger/ledger.ts';
import { contentOf, type From, type MoveRecord, type Party } from './record.ts';

export const RECORD: MoveRecord = {
  verb: 'promote',
  id: 'a'.repeat(32),
  model: 'gpt-custom',
  environment: 'production',
  steps: [{ kind: 'alias', place: 'champion', before: '1', after: '2' }],
  at: '2026-01-31T12:00:00.000Z',
  who: { actor: 'alice' },
};

/** A sealed ticket of a move, as a ledger gives it. */
export function ticketOf(
  number: string,
  move: Partial<MoveRecord> | undefined,
  outcome?: TicketOutcome,
): Ticket {
  return {
    number,
    queue: 'moves',
    environment: 'production',
    intent: '',
    marks: new Map(),
    holder: { actor: 'alice' },
    lease: 120_000,
    taken: 1_000 * Number(number),
    ...(move && { record: contentOf({ ...RECORD, ...move }) }),
    ...(outcome && { outcome, digest: `sha256:${number}`, result: {} }),
  };
}

/** `1 > 2`, `? > 2` from nobody, `1! > 2` from one that was found there. */
function partiesOf(move: string): { readonly from?: From; readonly to?: Party } {
  const [from = '?', to = '?'] = move.split(' > ');
  const found = from.endsWith('!');
  return {
    ...(from !== '?' && {
      from: { number: from.replace('!', ''), ...(found ? { found: true } : { ticket: '99' }) },
    }),
    ...(to !== '?' && { to: { number: to } }),
  };
}

/** One after the other: `promote 1 > 2 done`. */
export const chain = (...moves: readonly string[]): Ticket[] =>
  moves.map((said, at) => {
    const [, verb, move = '', outcome] = /^(\w+) (.+ > \S+) (\S+)$/.exec(said) ?? [];
    const parties = partiesOf(move);
    // Nobody waited.
    const now = new Date(1_000 * (at + 1)).toISOString();
    const record = { verb: verb as MoveRecord['verb'], at: now, ...parties };
    return ticketOf(String(at + 1), record, outcome as TicketOutcome);
  });
