import { expect, test } from 'vitest';
import type { Answer } from './answer.ts';
import { type Again, isUnknownPath, judgeAnswer, judgeBreak, wordsForBreak } from './verdict.ts';

const answer = (status: number, type: string, body: string): Answer => ({
  kind: 'answer',
  status,
  headers: { 'content-type': type },
  body: Buffer.from(body),
});
const coded = (status: number, code: string | number): Answer =>
  answer(status, 'application/json', JSON.stringify({ error_code: code, message: 'why' }));
const page = (status: number): Answer =>
  answer(status, 'text/html', `<!doctype html><title>${status}</title>`);
const plain = (status: number): Answer => answer(status, 'text/plain', 'You are not it.');
const detail = (status: number): Answer => answer(status, 'application/json', '{"detail":"why"}');

type Row = [string, Answer, string, 'none' | 'unknown', Again];

const ROWS: Row[] = [
  ['a model that exists', coded(400, 'RESOURCE_ALREADY_EXISTS'), 'exists', 'none', 'none'],
  ['one that exists elsewhere', coded(409, 'ALREADY_EXISTS'), 'exists', 'none', 'none'],
  ['something missing', coded(404, 'RESOURCE_DOES_NOT_EXIST'), 'missing', 'none', 'none'],
  ['something not found', coded(404, 'NOT_FOUND'), 'missing', 'none', 'none'],
  ['the status as the code', coded(404, 404), 'missing', 'none', 'none'],
  ['the status as a text', coded(404, '404'), 'missing', 'none', 'none'],
  ['a missing endpoint', coded(404, 'ENDPOINT_NOT_FOUND'), 'unsupported', 'none', 'none'],
  ['an unknown path', page(404), 'unsupported', 'none', 'none'],
  ['an unknown path of FastAPI', detail(404), 'unsupported', 'none', 'none'],
  ['a wrong method', page(405), 'unsupported', 'none', 'none'],
  ['not implemented', coded(501, 'NOT_IMPLEMENTED'), 'unsupported', 'none', 'none'],
  ['not implemented, a page', page(501), 'unsupported', 'none', 'none'],
  ['a feature that is off', coded(500, 'FEATURE_DISABLED'), 'unsupported', 'none', 'none'],
  ['a bad parameter', coded(400, 'INVALID_PARAMETER_VALUE'), 'refused', 'none', 'none'],
  ['a bad request of a proxy', page(400), 'refused', 'none', 'none'],
  ['too large', page(413), 'refused', 'none', 'none'],
  ['an unknown code', coded(400, 'SOMETHING_NEW'), 'refused', 'none', 'none'],
  ['not logged in', plain(401), 'denied', 'none', 'none'],
  ['not allowed', plain(403), 'denied', 'none', 'none'],
  ['not allowed, of Databricks', coded(403, 'PERMISSION_DENIED'), 'denied', 'none', 'none'],
  ['not logged in to the proxy', page(407), 'denied', 'none', 'none'],
  ['a race for a unique key', coded(400, 'BAD_REQUEST'), 'contended', 'none', 'none'],
  ['aborted', coded(409, 'ABORTED'), 'contended', 'none', 'none'],
  ['a conflict', page(409), 'contended', 'none', 'none'],
  [
    'a database that failed',
    coded(503, 'TEMPORARILY_UNAVAILABLE'),
    'contended',
    'unknown',
    'repeatable',
  ],
  ['too many requests', page(429), 'contended', 'none', 'all'],
  ['a limit', coded(429, 'REQUEST_LIMIT_EXCEEDED'), 'contended', 'none', 'all'],
  ['exhausted', coded(429, 'RESOURCE_EXHAUSTED'), 'contended', 'none', 'all'],
  ['too early', page(425), 'contended', 'none', 'all'],
  ['a bug of the server', coded(500, 'INTERNAL_ERROR'), 'refused', 'unknown', 'none'],
  ['another code with 500', coded(500, 'SOMETHING_NEW'), 'refused', 'unknown', 'none'],
  ['500 without a code', page(500), 'unanswered', 'unknown', 'repeatable'],
  ['500 of FastAPI', detail(500), 'unanswered', 'unknown', 'repeatable'],
  ['a slow request', page(408), 'unanswered', 'unknown', 'repeatable'],
  ['a bad gateway', page(502), 'unanswered', 'unknown', 'repeatable'],
  ['unavailable', page(503), 'unanswered', 'unknown', 'repeatable'],
  ['a slow gateway', page(504), 'unanswered', 'unknown', 'repeatable'],
  ['a deadline', coded(504, 'DEADLINE_EXCEEDED'), 'unanswered', 'unknown', 'repeatable'],
  ['cancelled', coded(499, 'CANCELLED'), 'unanswered', 'unknown', 'none'],
  ['another 5xx', page(599), 'unanswered', 'unknown', 'none'],
  ['a redirect', page(302), 'refused', 'none', 'none'],
];

test.each(ROWS)('%s', (_, given, reason, effect, again) => {
  const verdict = judgeAnswer(given);
  expect(verdict.failure).toMatchObject({ reason, effect, status: given.status });
  expect(verdict.again).toBe(again);
});

test('the code and the words of the server are kept, and of a page nothing', () => {
  const verdict = judgeAnswer(coded(400, 'INVALID_PARAMETER_VALUE'));
  expect(verdict).toMatchObject({ failure: { code: 'INVALID_PARAMETER_VALUE' }, words: 'why' });
  expect(judgeAnswer(detail(400)).words).toBe('why');
  expect(judgeAnswer(plain(401)).words).toBe('You are not it.');
  expect(judgeAnswer(page(500)).words).toBe('');
  expect(judgeAnswer(answer(400, 'application/json', '[1')).words).toBe('[1');
  expect(judgeAnswer(answer(400, 'application/json', 'null')).failure.reason).toBe('refused');
  expect(judgeAnswer(coded(400, 'A B\n')).failure.code).toBeUndefined();
});

test('a workspace that is missing is no missing model', () => {
  const body = { error_code: 'RESOURCE_DOES_NOT_EXIST', message: "Workspace 'a' not found" };
  const verdict = judgeAnswer(answer(404, 'application/json', JSON.stringify(body)));
  expect(verdict.failure).toMatchObject({ reason: 'refused', code: 'RESOURCE_DOES_NOT_EXIST' });
});

test('only a router knows no path', () => {
  expect(
    [page(404), plain(404), detail(404), coded(404, 'NOT_FOUND'), page(405)].map(isUnknownPath),
  ).toEqual([true, true, false, false, false]);
});

test.each(['TOO_LARGE', 'ENCODED'])('%s is met again by whoever asks again', (code) => {
  expect(judgeBreak({ kind: 'break', sent: true, code })).toEqual({
    failure: { reason: 'unanswered', effect: 'unknown', lasting: true },
    again: 'none',
    words: '',
  });
  expect(wordsForBreak(code)).toMatch(/^its answer is /);
});

test.each([
  [false, 'ECONNREFUSED', 'unreachable', 'none', 'all'],
  [false, 'ENOTFOUND', 'unreachable', 'none', 'all'],
  [false, 'UND_ERR_CONNECT_TIMEOUT', 'unreachable', 'none', 'all'],
  [false, 'ECONNRESET', 'unreachable', 'none', 'all'],
  [false, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'unreachable', 'none', 'none'],
  [false, 'ERR_TLS_CERT_ALTNAME_INVALID', 'unreachable', 'none', 'none'],
  [false, 'CERT_HAS_EXPIRED', 'unreachable', 'none', 'none'],
  [false, 'OUT_OF_TIME', 'unreachable', 'none', 'none'],
  [true, 'ECONNRESET', 'unanswered', 'unknown', 'repeatable'],
  [true, 'UND_ERR_SOCKET', 'unanswered', 'unknown', 'repeatable'],
  [true, 'UND_ERR_HEADERS_TIMEOUT', 'unanswered', 'unknown', 'repeatable'],
  [true, 'UND_ERR_BODY_TIMEOUT', 'unanswered', 'unknown', 'repeatable'],
  [true, 'CUT_SHORT', 'unanswered', 'unknown', 'repeatable'],
  [true, 'OUT_OF_TIME', 'unanswered', 'unknown', 'repeatable'],
  [true, 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'denied', 'none', 'none'],
] as const)('sent: %s, %s', (sent, code, reason, effect, again) => {
  const verdict = judgeBreak({ kind: 'break', sent, code });
  expect(verdict).toEqual({ failure: { reason, effect }, again, words: '' });
  expect(wordsForBreak(code)).toMatch(/^\w[^.]+$/);
});
