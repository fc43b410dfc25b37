import { PassmusterError } from '../errors.ts';
import { runUrl } from '../host.ts';
import { momentText } from '../moment.ts';
import { quotable } from '../quote.ts';
import { RegistryError } from '../registry/error.ts';
import { isWorkflowRun } from '../workflow-run.ts';
import type { Context } from './context.ts';
import { Claimed, type Seal, type Ticket, type TicketOutcome, Unsealed } from './ledger.ts';

const ADDRESS = 300;

/** Who holds a ticket, since when, for which run. */
export function heldBy({ number, holder, taken, environment }: Ticket): string {
  const { actor, run } = holder;
  const where = environment === '' ? '' : ` for "${quotable(environment)}"`;
  const link = run && isWorkflowRun(run) ? `, in ${quotable(runUrl(run), ADDRESS)}` : '';
  return `ticket ${number}${where}, taken by ${quotable(actor)} at ${momentText(taken, 'seconds')}${link}`;
}

const ledgerIs = (name: string): string => `the ledger "${quotable(name)}"`;

const span = (milliseconds: number): string =>
  milliseconds < 120_000
    ? `${Math.round(milliseconds / 1_000)} s`
    : `${Math.round(milliseconds / 60_000)} min`;

export function waitedTooLong(name: string, wait: number, front: Ticket): PassmusterError {
  return new PassmusterError('conflict', [
    {
      message: `Waited ${span(wait)} in ${ledgerIs(name)} behind ${heldBy(front)}.`,
      hint:
        'Nothing was changed. Let that run end, or wait longer. If nobody is there any more, it is ' +
        `taken over ${span(front.lease)} after its last sign of life, by whoever waits then.`,
    },
  ]);
}

export function claimedBy(name: string, self: string, by: string, claimer: string): Claimed {
  return new Claimed(by, {
    message: `Ticket ${self} of ${ledgerIs(name)}, which is ours, was claimed by ${claimer}.`,
    hint:
      'This run gave no sign of life for a whole lease, so that one took over and decides how it ends. ' +
      `Nothing more is written here; look at what ticket ${by} says of it, and at what stands where.`,
  });
}

/** Why an end that was sent is none that one can build on; `seal` where it is written. */
export function unsealed(
  name: string,
  number: string,
  outcome: TicketOutcome,
  cause: PassmusterError,
  seal?: Seal,
): Unsealed {
  const ticket = `Ticket ${number} of ${ledgerIs(name)}`;
  const problem = seal
    ? {
        message: `${ticket} is sealed as ${outcome}, but could not be looked at afterwards: ${cause.message}`,
        hint: 'That stands unless another run has claimed the ticket meanwhile; `passmuster status` tells.',
      }
    : {
        message: `Whether ${ticket.replace('T', 't')} is sealed as ${outcome} is not known: ${cause.message}`,
        hint: 'Run this again once the registry answers, or look at `passmuster status`: either tells how it ended.',
      };
  return new Unsealed(seal, problem, cause);
}

export const lost = (name: string, number: string): PassmusterError =>
  new PassmusterError('conflict', [
    {
      message: `Ticket ${number} of ${ledgerIs(name)}, which is ours, is not open any more, and not by us.`,
      hint: 'Somebody has deleted or edited it by hand. Look at what stands where, then run again.',
    },
  ]);

export const tooSlow = (lease: number): PassmusterError =>
  new PassmusterError('upstream', [
    {
      message: `The registry answers too slowly for a lease of ${span(lease)}: what it says is old when it comes.`,
      hint: 'Set a longer lease (PASSMUSTER_LEASE), or find out what slows the registry down.',
    },
  ]);

export const noLedgerHere = (address: string, lacks: string): PassmusterError =>
  new PassmusterError('upstream', [
    {
      message: `${address} cannot hold a ledger: it has no ${lacks}.`,
      hint:
        'Without a ledger two runs could move the same model at once, so nothing is written there. ' +
        'MLflow on a database and `passmuster registry` can hold one.',
    },
  ]);

export const fileStore = (address: string): PassmusterError =>
  new PassmusterError('upstream', [
    {
      message: `${address} keeps its models in a folder of files, where two runs can get the same turn.`,
      hint:
        'Start MLflow on a database (`--backend-store-uri sqlite:///mlflow.db` will do), or use ' +
        '`passmuster registry`. `mlflow migrate-filestore` takes along what is there.',
    },
  ]);

export const notALedger = (name: string, what: string): PassmusterError =>
  new PassmusterError('conflict', [
    {
      message: `The registered model "${quotable(name)}" ${what}.`,
      hint: 'Names that begin with `passmuster.` are kept for ledgers: rename or remove that model.',
    },
  ]);

/** The same error; where somebody who is logged in is denied access, with the grant that is missing. */
export function explained({ name }: Context, error: unknown): unknown {
  if (!(error instanceof RegistryError)) return error;
  if (error.failure.reason !== 'denied' || error.failure.status === 401) return error;
  const [first] = error.problems;
  const hint =
    `Whoever takes part needs the permission EDIT on the registered model "${quotable(name)}", the ledger. ` +
    'On MLflow with basic-auth it belongs to whoever came first: they, or an administrator, grant it.';
  return new RegistryError(error.failure, { message: first?.message ?? error.message, hint });
}
