import type { Failure, Reason } from '@passmuster/core/effect-error.ts';
import type { Answer, Break } from '../http/answer.ts';
import { TOO_LARGE } from '../http/answer.ts';
import { type Said, saidIn } from './status.ts';

type Row = readonly [Reason, Failure['effect']];

const BY_STATUS: ReadonlyMap<number, Row> = new Map([
  [401, ['denied', 'none']],
  [403, ['denied', 'none']],
  [405, ['unsupported', 'none']],
  [406, ['unsupported', 'none']],
  [407, ['denied', 'none']],
  [408, ['unanswered', 'unknown']],
  [409, ['contended', 'none']],
  [410, ['contended', 'none']],
  [429, ['contended', 'none']],
]);

/** The group is not there at all, or not this resource of it; what is missing has a name. */
const isUnknownPath = ({ isStatus, name, kind }: Said): boolean =>
  !isStatus || (name === '' && kind === '');

function rowOf(status: number, said: Said): Row {
  if (status === 404) return [isUnknownPath(said) ? 'unsupported' : 'missing', 'none'];
  if (status === 409 && said.reason === 'AlreadyExists') return ['exists', 'none'];
  const known = BY_STATUS.get(status);
  if (known) return known;
  return status >= 500 ? ['unanswered', 'unknown'] : ['refused', 'none'];
}

export interface Verdict {
  readonly failure: Failure;
  readonly said?: Said;
}

/** What an answer that is no yes means. */
export function judgeAnswer(answer: Answer): Verdict {
  const said = saidIn(answer);
  const { status } = answer;
  const [reason, effect] = rowOf(status, said);
  const code = /^\w{1,60}$/.test(said.reason) ? { code: said.reason } : {};
  return { failure: { reason, effect, status, ...code }, said };
}

/** Those that a second try would meet again: what answers there is not who was asked for. */
const LASTING =
  /^(?:CERT_|ERR_TLS_CERT|ERR_SSL|ERR_OSSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|UND_ERR_INVALID_ARG)/;

/** A server that wants a certificate says so only after the request is on its way, and reads none of it. */
const CLIENT_REFUSED =
  /^ERR_SSL_.*(?:CERTIFICATE_REQUIRED|ALERT_(?:HANDSHAKE|BAD_CERT|UNKNOWN_CA))/;

/** What the lack of an answer means. */
export function judgeBreak({ sent, code }: Break): Verdict {
  if (CLIENT_REFUSED.test(code)) return { failure: { reason: 'denied', effect: 'none' } };
  const lasting = LASTING.test(code) || code === TOO_LARGE ? { lasting: true as const } : {};
  return sent
    ? { failure: { reason: 'unanswered', effect: 'unknown', ...lasting } }
    : { failure: { reason: 'unreachable', effect: 'none', ...lasting } };
}

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
  [/^HPE_|HTTPParser/, 'it does not speak HTTP as expected'],
  [/^UND_ERR_(?:ABORTED|INVALID_ARG|PRX)/, 'the proxy did not open the way there'],
  [new RegExp(`^${TOO_LARGE}$`), 'its answer is larger than what is taken'],
];

export const wordsForBreak = (code: string): string =>
  BREAKS.find(([pattern]) => pattern.test(code))?.[1] ?? 'the connection was cut';
