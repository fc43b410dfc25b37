import { ClusterError } from '@passmuster/core/cluster/error.ts';
import type { Failure } from '@passmuster/core/effect-error.ts';
import { quotable } from '@passmuster/core/quote.ts';
import type { Access } from '../connection/access.ts';
import type { Outcome } from '../http/answer.ts';
import { missingRule, refusalIn } from './missing-rule.ts';
import type { Said } from './status.ts';
import { type Verdict, wordsForBreak } from './verdict.ts';

export interface Told {
  /** Goes on from "Could not": `read the ConfigMap ml/llm`. */
  readonly what: string;
  readonly method: string;
  readonly outcome: Outcome;
  readonly verdict: Verdict;
  readonly secrets: readonly string[];
}

const LONGEST = 240;

function words(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret.length > 3) clean = clean.replaceAll(secret, '***');
  return quotable(clean, LONGEST);
}

/** A refusal may repeat all of an object: only what is said of it counts. */
function withoutObject(message: string): string {
  const after = /(?:strict decoding error|json|unable to parse):\s*/g;
  let from = -1;
  for (const { index, 0: whole } of message.matchAll(after)) from = index + whole.length;
  return from < 0 ? message : message.slice(from);
}

const LONGEST_VALUE = 60;

/** A value that is refused is known to whoever sent it; what is long, or has parts, is left out. */
const withoutValue = (message: string): string =>
  message.replace(
    /^Invalid value: (?:"((?:[^"\\]|\\.)*)"|\{.*\}|\[.*\]): /s,
    (whole: string, text: string | undefined) =>
      text !== undefined && text.length <= LONGEST_VALUE ? whole : 'Invalid value: ',
  );

function saidBy({ message, causes }: Said): string {
  const each = causes
    .filter((cause) => cause.message !== '')
    .slice(0, 3)
    .map(({ field, message: its }) => `${field ? `${field}: ` : ''}${withoutValue(its)}`);
  return each.length > 0 ? each.join('; ') : withoutObject(message);
}

const DENIED_AT_DOOR =
  'Its token is wrong, has ended, is for another audience, or its account is no longer there';

function hintForDenied(told: Told, login: string): string {
  const { outcome, verdict } = told;
  if (outcome.kind === 'break') return `It wants a client certificate; sent was: ${login}.`;
  if (outcome.status === 407) return 'Put user name and password into the address of the proxy.';
  if (outcome.status === 401) return `Sent was: ${login}. ${DENIED_AT_DOOR}: get a new one.`;
  const refusal = refusalIn(verdict.said?.message ?? '');
  if (!refusal) return `Sent was: ${login}. Whoever that is lacks the right.`;
  const { user, namespace, missingRole } = refusal;
  if (user === 'system:anonymous') return `The server knows nobody by what was sent: ${login}.`;
  if (missingRole !== undefined) {
    return `A binding names the Role "${quotable(missingRole)}", which is not there: make it.`;
  }
  const to =
    namespace === undefined ? 'a ClusterRole' : `a Role of namespace "${quotable(namespace)}"`;
  return `Add to ${to} that is bound to "${quotable(user, 120)}": ${quotable(missingRule(refusal), LONGEST)}`;
}

const HINTS: Readonly<Record<Failure['reason'], string>> = {
  missing: 'Check namespace and name, and whether it was renamed or deleted.',
  exists: 'Look at the one that is there.',
  refused: 'Mend what the server names, then try again.',
  denied: '',
  contended: 'Somebody else was faster, or the server is too busy: look again, then try again.',
  unsupported: 'Check that the address is that of the API server of a Kubernetes cluster.',
  unreachable: 'Check address, network, proxy (HTTPS_PROXY, NO_PROXY) and that the server runs.',
  unanswered: 'Look whether the server is well, then try again.',
};

function hintForBreak(code: string): string | undefined {
  if (/^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code)) {
    return 'Give the authority that signed it: the input `ca`, or certificate-authority-data in the kubeconfig.';
  }
  return /^(?:EPROTO|ERR_SSL)/.test(code)
    ? 'Check the port, and whether a proxy stands in between.'
    : undefined;
}

function nextStep(told: Told, { login }: Access, failure: Failure): string {
  const { outcome, verdict } = told;
  if (failure.reason === 'denied') return hintForDenied(told, login);
  if (outcome.kind === 'break') return hintForBreak(outcome.code) ?? HINTS[failure.reason];
  if (verdict.said?.causes.some(({ reason }) => reason === 'FieldManagerConflict')) {
    return 'Another tool owns this field: change it there, or have that tool give it up.';
  }
  if (outcome.status >= 300 && outcome.status < 400) {
    return 'It redirects, which is not followed: give the address that it stands for.';
  }
  return HINTS[failure.reason];
}

function answered({ outcome, verdict, secrets }: Told): string {
  if (outcome.kind === 'break') {
    return `${wordsForBreak(outcome.code)} [${quotable(outcome.code)}].`;
  }
  const code = verdict.failure.code ? ` ${verdict.failure.code}` : '';
  const said = verdict.said ? words(saidBy(verdict.said), secrets) : '';
  return `the server answered ${outcome.status}${code}${said === '' ? '' : `, "${said}"`}.`;
}

const DOUBT = 'Whether it took effect all the same is not known.';

/** The error of a request that is given up; no cause, for what undici throws may hold what was sent. */
export function failureOf(access: Access, told: Told): ClusterError {
  const { what, method, verdict } = told;
  // What only reads has no effect.
  const effect = method === 'GET' ? 'none' : verdict.failure.effect;
  const failure = { ...verdict.failure, effect };
  const message = `Could not ${what} at ${access.address}: ${answered(told)}`;
  const doubt = effect === 'unknown' ? DOUBT : '';
  const hint = [doubt, nextStep(told, access, failure)].filter(Boolean).join(' ');
  return new ClusterError(failure, { message, hint });
}
