import type { RegistryFailure, RegistryReason } from '@passmuster/core/registry/error.ts';
import type { Answer, Break } from './answer.ts';
import { CUT_SHORT, ENCODED, OUT_OF_TIME, TOO_LARGE } from './answer.ts';

/** Whether a request may be sent once more: `repeatable` ones only, or all, or none. */
export type Again = 'all' | 'repeatable' | 'none';

export interface Verdict {
  readonly failure: RegistryFailure;
  readonly again: Again;
  /** What the server said itself, as it came. */
  readonly words: string;
}

type Row = readonly [RegistryReason, RegistryFailure['effect'], Again];

const DENIED: Row = ['denied', 'none', 'none'];
const UNSUPPORTED: Row = ['unsupported', 'none', 'none'];
const REFUSED: Row = ['refused', 'none', 'none'];
const MISSING: Row = ['missing', 'none', 'none'];
const EXISTS: Row = ['exists', 'none', 'none'];
const CONTENDED: Row = ['contended', 'none', 'none'];
/** Turned away at the door: nothing was begun, so that anything may come again. */
const TOO_BUSY: Row = ['contended', 'none', 'all'];
const UNANSWERED: Row = ['unanswered', 'unknown', 'repeatable'];
/** It understood and failed on the way: how far it came is not said, and it would fail again. */
const BROKEN: Row = ['refused', 'unknown', 'none'];

/** What MLflow says counts more than the status that it says it with. */
const BY_CODE: ReadonlyMap<string, Row> = new Map([
  ['RESOURCE_ALREADY_EXISTS', EXISTS],
  ['ALREADY_EXISTS', EXISTS],
  ['RESOURCE_DOES_NOT_EXIST', MISSING],
  ['NOT_FOUND', MISSING],
  ['ENDPOINT_NOT_FOUND', UNSUPPORTED],
  ['NOT_IMPLEMENTED', UNSUPPORTED],
  ['FEATURE_DISABLED', UNSUPPORTED],
  ['INVALID_PARAMETER_VALUE', REFUSED],
  ['PERMISSION_DENIED', DENIED],
  ['UNAUTHENTICATED', DENIED],
  ['CUSTOMER_UNAUTHORIZED', DENIED],
  // Its database refused and rolled back: a unique key that another took, no free connection.
  ['BAD_REQUEST', CONTENDED],
  ['ABORTED', CONTENDED],
  ['RESOURCE_CONFLICT', CONTENDED],
  // Its database failed, perhaps while it committed: the connection to it was lost, or a lock timed out.
  ['TEMPORARILY_UNAVAILABLE', ['contended', 'unknown', 'repeatable']],
  ['REQUEST_LIMIT_EXCEEDED', TOO_BUSY],
  ['RESOURCE_EXHAUSTED', TOO_BUSY],
  ['INTERNAL_ERROR', BROKEN],
  ['INVALID_STATE', BROKEN],
  ['DATA_LOSS', BROKEN],
  ['DEADLINE_EXCEEDED', UNANSWERED],
  ['CANCELLED', ['unanswered', 'unknown', 'none']],
]);

const BY_STATUS: ReadonlyMap<number, Row> = new Map([
  [401, DENIED],
  [403, DENIED],
  [404, UNSUPPORTED],
  [405, UNSUPPORTED],
  [407, DENIED],
  [408, UNANSWERED],
  [409, CONTENDED],
  [425, TOO_BUSY],
  [429, TOO_BUSY],
  [500, UNANSWERED],
  [501, UNSUPPORTED],
  [502, UNANSWERED],
  // Also with a Retry-After: a proxy may say so after the server had begun.
  [503, UNANSWERED],
  [504, UNANSWERED],
]);

function rowOf(status: number, code: string | undefined, isJson: boolean): Row {
  const known = code === undefined ? undefined : BY_CODE.get(code);
  if (known) return known;
  if (isJson && code !== undefined && status === 404) return MISSING;
  if (isJson && code !== undefined && status === 500) return BROKEN;
  return BY_STATUS.get(status) ?? (status < 500 ? REFUSED : ['unanswered', 'unknown', 'none']);
}

/** Some servers put the status where the code should be. */
const isCode = (code: unknown): code is string | number =>
  (typeof code === 'string' && /^[\w.-]{1,60}$/.test(code)) || Number.isInteger(code);

interface Said {
  readonly isJson: boolean;
  readonly code?: string;
  readonly words: string;
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

/** JSON of MLflow (`error_code`, `message`), of FastAPI (`detail`) or of another (`error`); a page says nothing. */
function saidIn({ headers, body }: Answer): Said {
  // What is compressed against our wish is no text.
  const text = headers['content-encoding'] ? '' : Buffer.from(body).toString('utf8');
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null) return { isJson: false, words: text };
    const { error_code: code, message, detail, error } = json as Record<string, unknown>;
    const words = textIn(message) || textIn(detail) || textIn(error);
    return { isJson: true, ...(isCode(code) && { code: String(code) }), words };
  } catch {
    const isPage = /html/.test(headers['content-type'] ?? '') && /<\w/.test(text);
    return { isJson: false, words: isPage ? '' : text };
  }
}

/** Not what was asked about is missing, but where it was looked for. */
const NO_WORKSPACE = /^Workspace '[^']*' not found/;

/** What an answer that is no yes means. */
export function judgeAnswer(answer: Answer): Verdict {
  const { status } = answer;
  const { isJson, code, words } = saidIn(answer);
  const row = rowOf(status, code, isJson);
  const [reason, effect, again] = row === MISSING && NO_WORKSPACE.test(words) ? REFUSED : row;
  return { failure: { reason, effect, ...(code && { code }), status }, again, words };
}

/** Whether the router, not MLflow's own code, says that there is no such path. */
export const isUnknownPath = (answer: Answer): boolean =>
  answer.status === 404 && !saidIn(answer).isJson;

/** Those that a second try would meet again: what answers there is not who was asked for. */
const LASTING =
  /^(?:CERT_|ERR_TLS_CERT|ERR_SSL|ERR_OSSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|FORBIDDEN_NETWORK|UND_ERR_INVALID_ARG|UND_ERR_ABORTED)/;

/** A server that wants a certificate says so only after the request is on its way, and reads none of it. */
const CLIENT_REFUSED =
  /^ERR_SSL_.*(?:CERTIFICATE_REQUIRED|ALERT_(?:HANDSHAKE|BAD_CERT|UNKNOWN_CA))/;

const LOST_FOR_GOOD = [TOO_LARGE, ENCODED];

/** What the lack of an answer means. */
export function judgeBreak({ sent, code }: Break): Verdict {
  const words = '';
  if (CLIENT_REFUSED.test(code)) {
    return { failure: { reason: 'denied', effect: 'none' }, again: 'none', words };
  }
  if (!sent) {
    const again = LASTING.test(code) || code === OUT_OF_TIME ? 'none' : 'all';
    return { failure: { reason: 'unreachable', effect: 'none' }, again, words };
  }
  const failure: RegistryFailure = { reason: 'unanswered', effect: 'unknown' };
  return LOST_FOR_GOOD.includes(code)
    ? { failure: { ...failure, lasting: true }, again: 'none', words }
    : { failure, again: 'repeatable', words };
}

const PROXY_REFUSED = 'the proxy did not open the way there';

/** In words, for those that a reader may do something about. */
const BREAKS: readonly (readonly [RegExp, string])[] = [
  [/^ENOTFOUND$|^EAI_/, 'the name of its host is not known'],
  [/^ECONNREFUSED$/, 'nothing listens there'],
  [/^(?:EHOSTUNREACH|ENETUNREACH)$/, 'there is no way to its network'],
  [/TIMEOUT|^ETIMEDOUT$|^OUT_OF_TIME$/, 'no answer came in time'],
  [/^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/, 'its certificate is not one that is trusted'],
  [/^ERR_TLS_CERT/, 'its certificate is for another host'],
  [CLIENT_REFUSED, 'it wants a client certificate that it trusts'],
  [/^(?:EPROTO|ERR_SSL)/, 'it does not speak TLS as expected'],
  [/^FORBIDDEN_NETWORK$/, 'it redirects into a private network'],
  [/^HPE_|HTTPParser/, 'it does not speak HTTP as expected'],
  [/^UND_ERR_(?:ABORTED|INVALID_ARG|PRX)/, PROXY_REFUSED],
  [new RegExp(`^${TOO_LARGE}$`), 'its answer is larger than what is taken'],
  [new RegExp(`^${ENCODED}$`), 'its answer is compressed, though it was asked not to'],
  [new RegExp(`^${CUT_SHORT}$|CONTENT_LENGTH`), 'its answer ended too early'],
];

export const wordsForBreak = (code: string): string =>
  BREAKS.find(([pattern]) => pattern.test(code))?.[1] ?? 'the connection was cut';
