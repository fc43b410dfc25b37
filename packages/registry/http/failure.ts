import { quotable } from '@passmuster/core/quote.ts';
import { RegistryError, type RegistryFailure } from '@passmuster/core/registry/error.ts';
import type { Connection } from '../connection/connection.ts';
import type { Answer, Outcome } from './answer.ts';
import { serverWords } from './redact.ts';
import { isRedirect, targetOf } from './redirects.ts';
import { type Verdict, wordsForBreak } from './verdict.ts';

export interface Told {
  readonly what: string;
  readonly method: string;
  readonly outcome: Outcome;
  readonly verdict: Verdict;
  readonly tries: number;
  /** Whether an earlier try was sent and not answered. */
  readonly doubt: boolean;
  /** Why there was no further try, where one would have been allowed. */
  readonly stopped?: string;
  /** The origin that was redirected to, where credentials did not follow. */
  readonly strayed?: string;
}

const LOGIN =
  'set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, to those that this server gave out';

function hintForDenied({ authorization, tls }: Connection, told: Told): string {
  const { outcome, verdict, strayed } = told;
  if (strayed)
    return `Set the address to ${strayed}, to which it redirects; no credentials are sent along.`;
  if (outcome.kind === 'break') {
    const which = tls.client ? 'The one of' : 'None was sent; set';
    return `${which} MLFLOW_TRACKING_CLIENT_CERT_PATH${tls.client ? ' was refused.' : '.'}`;
  }
  if (outcome.status === 407) return 'Put user name and password into the address of the proxy.';
  if (/host header/i.test(verdict.words)) {
    return 'The server does not know itself by this name: name it in its MLFLOW_SERVER_ALLOWED_HOSTS.';
  }
  if (!authorization) return `No credentials were sent: ${LOGIN}.`;
  const sent = `Sent was: ${authorization.kind}`;
  return outcome.status === 401
    ? `${sent}. Check that it is still valid, or ${LOGIN}.`
    : `${sent}. Whoever that is lacks the right: on MLflow, EDIT on the model, or MANAGE to delete.`;
}

const HINTS: Readonly<Record<RegistryFailure['reason'], string | undefined>> = {
  missing: 'Check how it is written, and whether it was renamed or deleted.',
  exists: 'Take another name, or use the one that is there.',
  refused: 'Mend what the server names, then try again.',
  denied: undefined,
  contended: 'Somebody else was faster, or the server is too busy: look again, then try again.',
  unsupported:
    'Check that the address is that of the MLflow server, with its base path; not every server that speaks its language has everything.',
  unreachable: 'Check address, network, proxy (HTTPS_PROXY, NO_PROXY) and that the server runs.',
  unanswered: 'Look at the log of the server.',
};

function hintForBreak(code: string, { address, tls }: Connection): string | undefined {
  if (/^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code)) {
    return 'Set MLFLOW_TRACKING_SERVER_CERT_PATH to a PEM file of the authority that signed it.';
  }
  if (/^(?:EPROTO|ERR_SSL)/.test(code))
    return 'Check whether the address should begin with http://.';
  if (/^HPE_/.test(code) && address.startsWith('http:')) {
    return 'Check whether the address should begin with https://.';
  }
  // With TLS 1.3, a server that misses a certificate just ends the connection.
  return /^(?:UND_ERR_SOCKET|ECONNRESET)$/.test(code) && address.startsWith('https:') && !tls.client
    ? `${HINTS.unanswered} If it asks for client certificates, set MLFLOW_TRACKING_CLIENT_CERT_PATH.`
    : undefined;
}

function hintForRedirect(answer: Answer, address: string, method: string): string {
  const target = targetOf(answer, new URL(address));
  if (!target)
    return 'It redirects to where nothing may follow: set the address that it stands for.';
  if (method === 'GET') return 'It redirects in a circle: check the address and its base path.';
  return target.origin === new URL(address).origin
    ? 'It redirects to another path of its own: set the address with the right base path.'
    : `It redirects to ${quotable(target.origin)}, and what writes is not sent on: set that address.`;
}

function nextStep(connection: Connection, told: Told, reason: RegistryFailure['reason']) {
  const { outcome, method } = told;
  const { address } = connection;
  if (reason === 'denied') return hintForDenied(connection, told);
  if (outcome.kind === 'break') return hintForBreak(outcome.code, connection) ?? HINTS[reason];
  return isRedirect(outcome) ? hintForRedirect(outcome, address, method) : HINTS[reason];
}

/** What counts for all tries: one that may have had its effect makes that unknown. */
function inAll({ failure }: Verdict, { doubt, method }: Told): RegistryFailure {
  if (method === 'GET') return { ...failure, effect: 'none' };
  if (!doubt) return failure;
  const reason = failure.reason === 'unreachable' ? 'unanswered' : failure.reason;
  return { ...failure, reason, effect: 'unknown' };
}

function answered({ outcome, verdict, stopped, tries }: Told, secrets: readonly string[]): string {
  const ofTries = [tries > 1 ? `after ${tries} tries` : '', stopped ?? ''].filter(Boolean);
  const end = ofTries.length > 0 ? ` (${ofTries.join('; ')})` : '';
  if (outcome.kind === 'break') {
    return `${wordsForBreak(outcome.code)} [${serverWords(outcome.code, secrets)}]${end}.`;
  }
  const code = verdict.failure.code ? ` ${serverWords(verdict.failure.code, secrets)}` : '';
  const words = serverWords(verdict.words, secrets);
  const said = words === '' ? '' : `, "${words}"`;
  return `the server answered ${outcome.status}${code}${said}${end}.`;
}

const DOUBT = 'Whether it took effect all the same is not known.';

/** The error of a request that is given up; no cause, for what undici throws may hold what was sent. */
export function failureOf(connection: Connection, told: Told): RegistryError {
  const { what, verdict } = told;
  const { address, called = address, secrets } = connection;
  const failure = inAll(verdict, told);
  const message = `Could not ${what} at ${called}: ${answered(told, secrets)}`;
  const next = nextStep(connection, told, failure.reason);
  const hint = [failure.effect === 'unknown' ? DOUBT : '', next ?? ''].filter(Boolean).join(' ');
  return new RegistryError(failure, { message, hint });
}
