import type { Problem } from '../errors.ts';
import { quotable } from '../quote.ts';
import type { Seal, Ticket } from './ledger.ts';
import { asciiJson, sha256 } from './parts.ts';

const HINT =
  'The registry keeps what was done to it, if anything does; `settle` accepts what stands now.';

type Finding = Pick<Problem, 'message' | 'hint'>;

const problem = (message: string): Finding => ({ message, hint: HINT });

/** What is wrong between a sealed ticket and the one that its record names as the one before it. */
function linkFinding(before: Ticket | undefined, ticket: Ticket): Finding | undefined {
  const { previous, number } = ticket;
  if (before === undefined) {
    return (
      previous && problem(`Ticket ${quotable(previous.number)} is gone; ${number} came after.`)
    );
  }
  if (previous === undefined) {
    return problem(`Ticket ${number} says that none came before it, but ${before.number} did.`);
  }
  if (previous.number !== before.number) {
    const named = quotable(previous.number);
    return problem(
      `Ticket ${number} came after ${named}, but ${before.number} is the one before it.`,
    );
  }
  if (previous.digest === before.digest) return undefined;
  return problem(`Ticket ${before.number} was changed after ${number} had come to stand on it.`);
}

/** The same with a mark of both: another ticket there is another finding. */
function linkProblem(before: Ticket | undefined, ticket: Ticket): Problem | undefined {
  const finding = linkFinding(before, ticket);
  return finding && { ...finding, mark: sha256(asciiJson([before?.digest, ticket.digest])) };
}

/** What is wrong with what somebody else remembers of a ledger, set against the ledger. */
export function witnessProblem(ticket: Ticket | undefined, seen: Seal): Problem | undefined {
  const number = quotable(seen.number);
  const hint =
    'The ledger was deleted, restored from an older copy, or edited. Nothing is moved until ' +
    '`settle` records the loss.';
  if (ticket === undefined) {
    const message = `The ledger is missing or younger than it was: ticket ${number} was seen, and is not there.`;
    return { message, hint };
  }
  if (ticket.digest === seen.digest) return undefined;
  return { message: `Ticket ${number} is not what it was when it was seen elsewhere.`, hint };
}

/** Gaps, edits and cut-off ends of a chain, oldest first. */
export function checkChain(sealed: readonly Ticket[], witnesses: readonly Seal[]): Problem[] {
  const problems: Problem[] = [];
  for (const [at, ticket] of sealed.entries()) {
    const wrong = linkProblem(sealed[at - 1], ticket);
    if (wrong) problems.push(wrong);
  }
  for (const seen of witnesses) {
    const wrong = witnessProblem(
      sealed.find(({ number }) => number === seen.number),
      seen,
    );
    if (wrong) problems.push(wrong);
  }
  return problems;
}
